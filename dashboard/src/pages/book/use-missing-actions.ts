import { useMutation } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useGapDecision, useRefreshGaps } from "./use-gap-decision";

/** The reasons after which a download can be tried again. */
const RETRIED: readonly Schema["AbsenceReason"][] = ["failed", "no_release", "unacceptable", "given_up", "cancelled"];

/** What a person can do about a missing book, each with a message and, where possible, an undo. */
export function useMissingActions(book: Schema["MissingBook"]) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const { id, title, status, absence } = book;
  const failed = absence && RETRIED.includes(absence.reason) ? absence.download_id : null;
  const set = useGapDecision(id, title);
  const search = useMutation({
    mutationFn: () =>
      failed
        ? ok(api.POST("/api/downloads/{download_id}/retry", { params: { path: { download_id: failed } } }))
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
    mayBeSearched: Boolean(failed) || (status === "identified" && !absence?.download_id),
    mayBeIgnored: !["ignored", "completed"].includes(status),
    mayBeWanted: status === "ignored" || status === "was_owned",
  };
}
