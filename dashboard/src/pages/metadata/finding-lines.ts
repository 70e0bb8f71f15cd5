import type { Schema } from "../../api/client";

type Kind = Schema["FindingKind"];
type Day = Schema["DayCount"];

interface FindingLine {
  /** Null: all kinds together. */
  kind: Kind | null;
  values: number[];
}

/** The open findings on each day: of one kind, or of all kinds followed by the two most frequent ones of the last day. */
export function findingLines(days: readonly Day[], kind: Kind | undefined): FindingLine[] {
  const of = (each: Kind) => ({ kind: each, values: days.map(({ open }) => open[each] ?? 0) });
  if (kind) return [of(kind)];
  const last = Object.entries(days.at(-1)?.open ?? {}) as [Kind, number][];
  const frequent = last.toSorted(([, one], [, other]) => other - one).slice(0, 2);
  const all = days.map(({ open }) => Object.values(open).reduce((sum, count) => sum + count, 0));
  return [{ kind: null, values: all }, ...frequent.map(([each]) => of(each))];
}
