import type { Schema } from "../../api/client";

type Download = Pick<
  Schema["Download"],
  "status" | "waiting_for" | "error" | "progress" | "delayed_until" | "delayed_release_title"
>;
type MissingBook = Pick<Schema["MissingBook"], "status" | "release_date" | "auto_download">;

/** Why a missing book is not here yet: a key of the words with its values, or the words of the service. */
export type Why =
  | { key: "notSearched" | "approval" | "ignored" | "upcoming" | "was_owned" }
  | { key: "queued" | "searching" | "completed" | "importing" | "imported" | "cancelled" }
  | { key: "upcomingOn"; date: string }
  | { key: "downloading"; share: number }
  | { key: "delayed"; release: string; date: string }
  | { words: string };

/** The most specific reason that is known. `download` is the newest download for the book, if there is one. */
export function whyNot(book: MissingBook, download: Download | undefined): Why {
  if (book.status === "ignored" || book.status === "was_owned") return { key: book.status };
  if (book.status === "upcoming") {
    return book.release_date ? { key: "upcomingOn", date: book.release_date } : { key: "upcoming" };
  }
  if (!download) return { key: book.auto_download === false ? "approval" : "notSearched" };
  if (download.delayed_until) {
    return { key: "delayed", release: download.delayed_release_title ?? "", date: download.delayed_until };
  }
  const words = download.waiting_for ?? download.error;
  if (words && !["downloading", "importing", "imported"].includes(download.status)) return { words };
  if (download.status === "downloading") return { key: "downloading", share: download.progress ?? 0 };
  if (download.status === "failed" || download.status === "abandoned") return { key: "notSearched" };
  return { key: download.status };
}
