import { useQuery } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

/** The kinds of import lists: what each reads, and an example. */
export function useKinds() {
  return useQuery({
    queryKey: ["lists", "kinds"],
    queryFn: ({ signal }) => ok(api.GET("/api/import-lists/kinds", { signal })),
    staleTime: Infinity,
  });
}
