/** What a run reports about itself. The API leaves the form of its details open, so nothing is taken for granted. */
import { codesOf } from "../../words/codes";
import type { Translatable } from "../../words/sentence";

/** The codes and figures of sentences, by the names of their texts. */
type Codes = Readonly<Record<string, Translatable>>;

export interface Plan {
  counts: [string, number][];
  actions: { kind: string; what: string; words: string; codes: Codes }[];
  size_bytes: number;
  slots: number;
  points: number;
  notes: { words: string; code: Translatable | undefined }[];
}

/** What a dry run would do; null: the run has no plan. */
export function planOf(details: Record<string, unknown> | undefined): Plan | null {
  const plan = details?.plan;
  if (!isRecord(plan)) return null;
  return {
    counts: Object.entries(isRecord(plan.counts) ? plan.counts : {})
      .map(([kind, count]): [string, number] => [kind, numberOf(count)])
      .filter(([, count]) => count > 0),
    actions: listOf(plan.actions)
      .filter(isRecord)
      .map(({ kind, what, words, translatable }) => ({
        kind: textOf(kind),
        what: textOf(what),
        words: textOf(words),
        codes: codesOf(translatable),
      })),
    size_bytes: numberOf(plan.size_bytes),
    slots: numberOf(plan.slots),
    points: numberOf(plan.points),
    notes: listOf(plan.notes)
      .map((note, place) => ({ words: textOf(note), code: codesOf(plan.translatable)[`notes.${place}`] }))
      .filter(({ words }) => words !== ""),
  };
}

/** A figure and its name; figures inside others have the names of both. */
type Figure = [string[], string | number];

/** The figures of a run. */
export function figuresOf(details: Record<string, unknown> | undefined): Figure[] {
  return Object.entries(details ?? {}).flatMap(([name, value]): Figure[] => {
    if (name === "plan" || name === "translatable" || value === null) return [];
    if (typeof value === "number" || typeof value === "string") return [[[name], value]];
    if (typeof value === "boolean") return [[[name], value ? "✓" : "–"]];
    if (isRecord(value)) return figuresOf(value).map(([inner, figure]) => [[name, ...inner], figure]);
    return [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const numberOf = (value: unknown) => (typeof value === "number" ? value : 0);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
