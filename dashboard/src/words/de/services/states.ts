import type { Schema } from "../../../api/client";
import { account } from "../account";
import { activity } from "../activity";
import { book } from "../book";
import { metadata } from "../metadata";
import { schedule } from "../schedule";
import { system } from "../system";
import { settings } from "./settings";

/** What the pages call the states of outside systems, of sessions and of notifications. */
export const system_states = system.integrations.state;
export const refusals = account.state;
export const deliveries = system.notifications.status;
export const sessions = account.session;
export const run_states = schedule.status;
export const download_states = activity.status;
export const correction_states = metadata.corrections.status;
export const proposal_states = metadata.proposals.status;
export const finding_kinds = metadata.findings.kind;

/** The fields of a book, how sure a value is, which text says something, and whose works are compared, in German. */
export const fields = book.names;
export const confidences: Record<Schema["Confidence"], string> = {
  HIGH: "sicher",
  MEDIUM: "wahrscheinlich",
  LOW: "unsicher",
  UNMATCHED: "keiner",
};
export const texts: Record<string, string> = {
  description: "Beschreibung",
  files: "Dateien",
  folder: "Ordner",
  subtitle: "Untertitel",
  title: "Titel",
};
/** Who did something, if it is not the name of an API key or of a person. */
export const actors: Record<string, string> = {
  "a person in a browser": "Browser",
  "browser session": "Browser",
  gapless: "Gapless",
};
export const subjects: Record<string, string> = {
  author: "Autor",
  series: "Reihe",
};

/** What bonus points bought at MyAnonamouse, and whether they did, in German. */
export const purchases: Record<Schema["SpendingKind"], string> = { upload: "Upload-Guthaben", vip: "VIP", wedge: "Freeleech-Wedge" };
export const purchase_states: Record<Schema["SpendingState"], string> = {
  not_spent: "nicht gekauft",
  requested: "angefragt",
  spent: "gekauft",
};

/** The states of a torrent in the download client, in German. */
export const client_states: Record<string, string> = {
  "getting metadata": "holt Metadaten",
  downloading: "lädt",
  stalled: "steht still",
  queued: "wartet",
  checking: "wird geprüft",
  moving: "wird verschoben",
  "stopped by a person": "von Hand angehalten",
  errored: "Fehler",
  "missing files": "Dateien fehlen",
  complete: "fertig",
  "complete, but stopped": "fertig, aber angehalten",
  vanished: "verschwunden",
  unknown: "unbekannt",
};

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

/** What each setting means, in German. */
export const meanings: Record<string, string> = Object.fromEntries(
  Object.entries(settings).map(([name, { about }]) => [name, about]),
);
