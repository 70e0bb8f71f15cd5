import { useQuery } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

/** Values that are not from a provider: read in the texts of the library, or set by a person. */
const OTHERS = ["TEXTS", "MANUAL"];

/** The names of what values come from, as corrections and proposals have them. */
export function useSources(): string[] {
  const providers = useQuery({
    queryKey: ["providers"],
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/providers", { signal })),
    staleTime: Infinity,
  });
  return [...(providers.data ?? []).filter(({ enabled }) => enabled).map(({ name }) => name.toUpperCase()), ...OTHERS];
}
