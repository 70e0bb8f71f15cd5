import type { EventKind } from "./event-source";

/** The first part of every query key: what the query shows. */
export type Subject =
  | "session"
  | "books"
  | "series"
  | "authors"
  | "missing"
  | "downloads"
  | "imports"
  | "timelines"
  | "corrections"
  | "proposals"
  | "findings"
  | "runs"
  | "account"
  | "lists"
  | "guides"
  | "tracker"
  | "health"
  | "notifications"
  | "keys"
  | "sessions";

/** What has to be read again after an event of a kind. */
export const READ_AGAIN: Record<EventKind, readonly Subject[]> = {
  run: ["runs", "account", "findings", "proposals"],
  download: ["downloads", "imports", "timelines"],
  import: ["downloads", "imports", "timelines", "books"],
  missing_book: ["missing", "series", "authors", "timelines"],
  book: ["books", "series", "authors", "missing"],
  correction: ["books", "corrections", "proposals", "findings", "timelines"],
  import_list: ["lists"],
  health: ["health"],
};

/** The subjects of a round of events, each once. */
export function subjectsOf(kinds: Iterable<EventKind>): Set<Subject> {
  return new Set([...kinds].flatMap((kind) => READ_AGAIN[kind]));
}
