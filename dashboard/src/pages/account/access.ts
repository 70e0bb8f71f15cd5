import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";

const KEY = ["tracker", "access"] as const;

/** The sessions, our address, the limits, and whether a person has paused all requests. */
export function useAccess() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET("/api/account/access", { signal })),
  });
}

/** Pauses and resumes all requests to the tracker. A pause can be undone. */
export function useSwitch() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const show = (access: Schema["TrackerAccess"]) => {
    client.setQueryData(KEY, access);
    void client.invalidateQueries({ queryKey: ["account"] });
  };
  const resume = useMutation({
    mutationFn: () => ok(api.POST("/api/account/resume")),
    onError: fail,
    onSuccess: (access) => {
      show(access);
      say({ text: t("account.resumed") });
    },
  });
  const pause = useMutation({
    mutationFn: () => ok(api.POST("/api/account/pause")),
    onError: fail,
    onSuccess: (access) => {
      show(access);
      say({ text: t("account.paused"), undo: () => resume.mutate() });
    },
  });
  return { pause, resume };
}
