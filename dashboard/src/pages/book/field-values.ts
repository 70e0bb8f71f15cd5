import type { Schema } from "../../api/client";
import { seriesWords } from "../library/series-words";

const SHORT = [
  "title",
  "subtitle",
  "authors",
  "narrators",
  "series",
  "published_year",
  "publisher",
  "language",
  "isbn",
  "asin",
  "genres",
  "tags",
] as const;
/** The fields that a person edits as text. Lists have one entry on each line. */
export const EDITABLE = [...SHORT, "description"] as const;
export const FIELDS = [...SHORT, "abridged", "chapters", "cover", "description"] as const;

export type Field = (typeof FIELDS)[number];

/** The value of a field as text; empty if the book has none. */
export function fieldValue(book: Schema["Book"], field: Exclude<Field, "abridged">): string {
  if (field === "series") return seriesWords(book.series ?? []);
  if (field === "description") return plainText(book.description ?? "");
  const value = book[field];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

const CHAPTERS = /^(\d+) chapters?(, one for each file)? \[[0-9a-f]{12}\]$/;

/** What the value of the field chapters says of them: how many there are, and whether each is only a file.
 * Null for other texts, such as the list of chapters that a book will get. */
export function chaptersOf(value: string): { count: number; perFile: boolean } | null {
  const found = CHAPTERS.exec(value);
  return found && { count: Number(found[1]), perFile: found[2] !== undefined };
}

const BREAKS = /<(?:br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi;
const TAGS = /<\/?[a-z][^>]*>/gi;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", nbsp: " " };

/** A description without its markup. It is only ever shown as text, so what is left of markup does nothing. */
export function plainText(value: string): string {
  return value
    .replaceAll(BREAKS, "\n")
    .replaceAll(TAGS, "")
    .replaceAll(/&(#39|[a-z]+);/gi, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
