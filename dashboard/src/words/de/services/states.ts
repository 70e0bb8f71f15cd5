import type { Schema } from "../../../api/client";
import { account } from "../account";
import { system } from "../system";

/** What the pages call the states of outside systems, of sessions and of notifications. */
export const system_states = system.integrations.state;
export const refusals = account.state;
export const deliveries = system.notifications.status;

/** The outside systems that have no name of their own, in German. */
export const systems: Record<string, string> = {
  disk: "Ordner",
  "language model": "Sprachmodell",
  "myanonamouse pages": "Seiten von myanonamouse",
};

/** The problems of the library that are counted by kind, in German. */
export const found_in_library: Partial<Record<Schema["FindingKind"], string>> = {
  files_missing: "Bücher ohne Dateien in Audiobookshelf, noch als vorhanden gezählt",
  books_gone: "Bücher, die da waren und verschwunden sind; nicht gesucht, bis Sie entscheiden",
  folder_shown_twice: "Einträge von Audiobookshelf mit demselben Ordner wie ein anderer",
  several_books_in_one_item: "Einträge von Audiobookshelf mit je mehreren Büchern",
  book_inside_book: "Einträge von Audiobookshelf mit einem anderen Buch im Ordner eines Buches",
};

/** The periods of limits, and what they count, in German. */
export const spans: Record<Schema["Quota"]["span"], string> = { minute: "Minute", day: "Tag" };
export const budgets: Record<string, string> = { pages: "Seiten", requests: "Anfragen" };
