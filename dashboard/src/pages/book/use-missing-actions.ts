import { useMutation } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { mayRetry } from "../activity/stages";
import { useGapDecision, useRefreshGaps } from "./use-gap-decision";

/** What a person can do about a missing book, each with a message and, where possible, an undo. */
export function useMissingActions(book: Schema["MissingBook"], download: Schema["Download"] | undefined) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const { id, title, status } = book;
  const set = useGapDecision(id, title);
  const search = useMutation({
    mutationFn: () =>
      download && mayRetry(download.status)
        ? ok(api.POST("/api/downloads/{download_id}/retry", { params: { path: { download_id: download.id } } }))
        : ok(api.POST("/api/downloads", { body: { missing_book_id: id } })),
    onError: fail,
    onSuccess: () => {
      refresh();
      say({ text: t("wanted.started", { title }) });
    },
  });
  return {
    set,
    search,
    mayBeSearched: download ? mayRetry(download.status) : status === "identified",
    mayBeIgnored: !["ignored", "completed"].includes(status),
    mayBeWanted: status === "ignored" || status === "was_owned",
  };
}
