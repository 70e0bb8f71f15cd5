import { useQuery } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

/** The newest download for a missing book, in a page of at most one. */
export function useNewestDownload(missingId: string, enabled = true) {
  return useQuery({
    queryKey: ["downloads", "of-missing", missingId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/downloads", { params: { query: { missing_book_id: [missingId], limit: 1 } }, signal })),
    enabled,
    staleTime: 60_000,
  });
}
