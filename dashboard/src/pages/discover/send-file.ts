import { api, ok, type Schema } from "../../api/client";

/** Replaces the entries of a list with those of a file. The body is the file itself. */
export function sendFile(listId: string, file: File): Promise<Schema["FileReading"]> {
  return ok(
    api.PUT("/api/import-lists/{list_id}/file", {
      params: { path: { list_id: listId } },
      headers: { "Content-Type": "application/octet-stream" },
      body: file as unknown as string,
      bodySerializer: (body: unknown) => body as Blob,
    }),
  );
}
