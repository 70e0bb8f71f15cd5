import { useQuery } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

/** The state of every service and of what it depends on. */
export function useDiagnostics() {
  return useQuery({
    queryKey: ["health", "diagnostics"],
    queryFn: ({ signal }) => ok(api.GET("/api/system/diagnostics", { signal })),
  });
}
