import { useQuery } from "@tanstack/react-query";

import { batched } from "../../api/batched";
import { api, ok, type Schema } from "../../api/client";

const BOOKS_OF_A_CALL = 25;
/** Enough for the newest download of each book, unless one was downloaded again and again. */
const MOST = 500;

const newestDownload = batched<Schema["Download"]>(BOOKS_OF_A_CALL, async (ids) => {
  const found = await ok(api.GET("/api/downloads", { params: { query: { missing_book_id: ids, limit: MOST } } }));
  const newest = new Map<string, Schema["Download"]>();
  for (const each of found.items.toReversed()) if (each.missing_book_id) newest.set(each.missing_book_id, each);
  return newest;
});

/** The newest download for a missing book, in a list of at most one. Rows drawn together are loaded with one call. */
export function useNewestDownload(missingId: string, enabled = true) {
  return useQuery({
    queryKey: ["downloads", "of-missing", missingId],
    queryFn: async () => {
      const newest = await newestDownload(missingId);
      return { items: newest ? [newest] : [] };
    },
    enabled,
    staleTime: 60_000,
  });
}
