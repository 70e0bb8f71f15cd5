import type { Schema } from "../../api/client";
import { useGapDecision } from "./use-gap-decision";
import { useSearchNow } from "./use-search-now";

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
  const { id, title, status, absence } = book;
  const set = useGapDecision(id, title);
  const search = useSearchNow(id, title);
  return {
    set,
    search,
    mayBeSearched: absence?.download_id ? SEARCHED_AGAIN.includes(absence.reason) : status === "identified",
    mayBeIgnored: !["ignored", "completed"].includes(status),
    mayBeWanted: status === "ignored" || status === "was_owned",
  };
}
