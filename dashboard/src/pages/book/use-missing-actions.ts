import { useMutation } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useGapDecision, useRefreshGaps } from "./use-gap-decision";

/** The reasons for which a book with a download can be searched again. */
const SEARCHED_AGAIN: readonly Schema["AbsenceReason"][] = [
  "approval",
  "failed",
  "no_release",
  "unacceptable",
  "given_up",
  "cancelled",
];

/** What a person can do about a missing book, each with a message and, where possible, an undo. */
export function useMissingActions(book: Schema["MissingBook"]) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const { id, title, status, absence } = book;
  const set = useGapDecision(id, title);
  const search = useMutation({
    mutationFn: () => ok(api.POST("/api/downloads", { body: { missing_book_id: id } })),
    onError: fail,
    onSuccess: () => {
      refresh();
      say({ text: t("wanted.started", { title }) });
    },
  });
  return {
    set,
    search,
    mayBeSearched: absence?.download_id ? SEARCHED_AGAIN.includes(absence.reason) : status === "identified",
    mayBeIgnored: !["ignored", "completed"].includes(status),
    mayBeWanted: status === "ignored" || status === "was_owned",
  };
}
