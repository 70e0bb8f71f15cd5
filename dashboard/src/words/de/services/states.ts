import type { Schema } from "../../../api/client";

/** What an outside system does, in German. */
export const system_states: Record<Schema["IntegrationState"], string> = {
  ok: "funktioniert",
  away: "antwortet nicht",
  throttled: "begrenzt unsere Anfragen",
  refused: "lehnt uns ab",
  blocked: "sperrt uns",
  nonsense: "antwortet etwas Unverständliches",
  paused: "ist angehalten",
  not_configured: "ist nicht eingerichtet",
};

/** Why MyAnonamouse refuses a session, in German. */
export const refusals: Record<Schema["SessionState"], string> = {
  not_configured: "nicht eingerichtet",
  untried: "noch nicht benutzt",
  ok: "in Ordnung",
  dead: "Sitzung ungültig",
  wrong_address: "falsche Adresse",
  wrong_network: "falsches Netz",
  wrong_type: "falsche Art der Sitzung",
  not_allowed: "nicht erlaubt",
  refused: "abgelehnt",
  challenged: "Sicherheitsabfrage",
  login_refused: "Anmeldung abgelehnt",
  login_locked: "Anmeldung gesperrt",
  paused: "angehalten",
  throttled: "begrenzt",
  away: "nicht erreichbar",
};

/** What became of a notification, in German. */
export const deliveries: Record<Schema["MessageStatus"], string> = {
  sending: "wird gesendet",
  sent: "gesendet",
  waiting: "nicht angekommen, wird noch einmal gesendet",
  failed: "fehlgeschlagen",
  unknown: "vielleicht angekommen",
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
