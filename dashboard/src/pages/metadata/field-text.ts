import type { Schema } from "../../api/client";
import { plainText } from "../book/field-values";
import { seriesWords } from "../library/series-words";

export type FieldValue = Schema["Correction"]["new"];

/** The value of a field as text; empty if there is none. */
export function fieldText(value: Exclude<FieldValue, boolean>): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return plainText(value);
  if (isPlaces(value)) return seriesWords(value);
  return value.join(", ");
}

function isPlaces(value: string[] | Schema["SeriesPlace"][]): value is Schema["SeriesPlace"][] {
  return typeof value[0] === "object";
}
