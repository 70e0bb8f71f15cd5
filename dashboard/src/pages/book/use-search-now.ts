import { useMutation } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useRefreshGaps } from "./use-gap-decision";

/** Searches a missing book now, with a message. */
export function useSearchNow(missing_book_id: string, title: string) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  return useMutation({
    mutationFn: () => ok(api.POST("/api/downloads", { body: { missing_book_id } })),
    onError: fail,
    onSuccess: () => {
      refresh();
      say({ text: t("wanted.started", { title }) });
    },
  });
}
