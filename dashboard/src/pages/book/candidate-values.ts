import type { Schema } from "../../api/client";
import { seriesWords } from "../library/series-words";

export const COMPARED = [
  "title",
  "subtitle",
  "authors",
  "narrators",
  "series",
  "length",
  "published_year",
  "publisher",
  "language",
  "asin",
  "isbn",
] as const;
export type Compared = (typeof COMPARED)[number];

type Entry = Schema["CataloguedWork"];

/** What an entry of a provider has for a field, as text; empty if nothing. */
export function ofEntry(entry: Entry, field: Compared, duration: (seconds: number) => string): string {
  if (field === "length") return entry.duration_minutes ? duration(entry.duration_minutes * 60) : "";
  return words(entry, field);
}

/** What the book of the library has for a field, as text; empty if nothing. */
export function ofBook(book: Schema["Book"], field: Compared, duration: (seconds: number) => string): string {
  if (field === "length") return book.duration_seconds ? duration(book.duration_seconds) : "";
  return words(book, field);
}

function words(has: Entry | Schema["Book"], field: Exclude<Compared, "length">): string {
  if (field === "series") return seriesWords(has.series ?? []);
  const value = has[field];
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

/** Whether two texts differ by more than case and spaces. An empty one does not differ. */
export function differs(one: string, other: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, " ").trim();
  return one !== "" && other !== "" && plain(one) !== plain(other);
}
