/** Quality profiles as a form edits them. */

import type { Schema } from "../../api/client";

export type Profile = Schema["QualityProfile"];
export type NewProfile = Schema["NewQualityProfile"];

export const FORMATS = ["m4b", "m4a", "mp3", "flac", "ogg", "opus", "aac", "wma", "wav"] as const;
export const NARRATORS = ["any", "prefer", "require"] as const;
export const TEXT_LISTS = ["languages", "required_narrators", "preferred_narrators", "preferred_words", "forbidden_words"] as const;
export const SWITCHES = [
  "only_formats",
  "abridged",
  "dramatized",
  "upgrade",
  "freeleech_skips_delay",
  "top_format_skips_delay",
] as const;

/** Numbers, the least and the greatest value of each, and whether it may be left out. */
export const NUMBERS = [
  ["min_seeders", 1, 10_000, false],
  ["delay_hours", 0, 720, false],
  ["min_bitrate_kbps", 0, 100_000, true],
  ["max_bitrate_kbps", 0, 100_000, true],
  ["min_mb_per_hour", 0, 100_000, true],
  ["max_mb_per_hour", 0, 100_000, true],
] as const;

export const EMPTY: NewProfile = { name: "", formats: ["m4b", "m4a", "mp3"], min_seeders: 1, delay_hours: 0, series_narrator: "any" };

/** A stored profile as the body that stores it again. */
export function bodyOf({ series = [], authors = [], books = [], ...profile }: Profile): NewProfile {
  const { id: _id, is_default: _default, created_at: _created, updated_at: _updated, ...rest } = profile;
  const ids = (assigned: readonly Schema["Assigned"][]) => assigned.map(({ id }) => id);
  return { ...rest, series_ids: ids(series), author_ids: ids(authors), book_ids: ids(books) };
}

/** Texts that a person separates by commas. */
export const listOf = (text: string): string[] => [...new Set(text.split(",").map((each) => each.trim()).filter(Boolean))];

/** Put a value at the end of a list, or take it out of it. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}
