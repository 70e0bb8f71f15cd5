import type { Schema } from "../../api/client";

export type Judged = Schema["JudgedRelease"] & { id?: string; grabbed?: boolean };
export type Reason = Schema["RuleReason"];

/** How a finding counts: against the release for good, against it for now, for a person to decide, for it, or as a note. */
export type Weight = "hard" | "soft" | "doubt" | "fits" | "note";

export function weightOf(reason: Pick<Reason, "verdict" | "temporary">): Weight {
  if (!reason.verdict) return "note";
  if (reason.verdict === "accepted") return "fits";
  if (reason.verdict === "doubtful") return "doubt";
  return reason.temporary ? "soft" : "hard";
}

/** What can be done with a release. One that only the account or the disk is against can be grabbed: it then waits. */
export const STATES = ["accepted", "doubtful", "for_now", "rejected"] as const;
export type State = (typeof STATES)[number];

export function stateOf(judged: Pick<Judged, "reasons">): State {
  const weights = new Set(judged.reasons.map(weightOf));
  if (weights.has("hard")) return "rejected";
  if (weights.has("soft")) return "for_now";
  return weights.has("doubt") ? "doubtful" : "accepted";
}

/** The findings against a release, the final ones first. */
export function against(judged: Pick<Judged, "reasons">): Reason[] {
  const order: Weight[] = ["hard", "soft", "doubt"];
  return order.flatMap((weight) => judged.reasons.filter((reason) => weightOf(reason) === weight));
}

export function keyOf(judged: Pick<Judged, "release">): string {
  return `${judged.release.indexer}:${judged.release.id}`;
}

export interface Count<Name extends string> {
  name: Name;
  count: number;
}

/** How many releases are in each state, and how many each rule is against, the most frequent rule first. */
export function countsOf(releases: readonly Judged[]): { states: Count<State>[]; rules: (Count<string> & { weight: Weight })[] } {
  const states = new Map<State, number>();
  const rules = new Map<string, { count: number; weight: Weight }>();
  for (const judged of releases) {
    const state = stateOf(judged);
    states.set(state, (states.get(state) ?? 0) + 1);
    const named = new Set<string>();
    for (const reason of against(judged)) {
      if (named.has(reason.rule)) continue;
      named.add(reason.rule);
      const before = rules.get(reason.rule);
      rules.set(reason.rule, { count: (before?.count ?? 0) + 1, weight: before?.weight ?? weightOf(reason) });
    }
  }
  return {
    states: STATES.flatMap((name) => (states.has(name) ? [{ name, count: states.get(name) ?? 0 }] : [])),
    rules: [...rules]
      .map(([name, found]) => ({ name, ...found }))
      .toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1)),
  };
}

export interface Filter {
  state: State | undefined;
  rule: string;
  text: string;
}

export function shownBy({ state, rule, text }: Filter, releases: readonly Judged[]): Judged[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return releases.filter((judged) => {
    if (state && stateOf(judged) !== state) return false;
    if (rule && !against(judged).some((reason) => reason.rule === rule)) return false;
    if (words.length === 0) return true;
    const { title, authors = [], narrators = [], filetype, indexer_name, language } = judged.release;
    const whole = [title, ...authors, ...narrators, filetype, indexer_name, language].join(" ").toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

export const SORTS = ["best", "title", "size", "seeders", "age", "cost"] as const;
export type Sort = (typeof SORTS)[number];

/** In the order of a field. `best` is the order in which the search returned them, which is that of the decision. */
export function sorted(releases: readonly Judged[], sort: Sort, descending: boolean): Judged[] {
  if (sort === "best") return descending ? releases.toReversed() : [...releases];
  const direction = descending ? -1 : 1;
  return releases.toSorted((one, other) => direction * compare(valueOf(one, sort), valueOf(other, sort)));
}

function valueOf({ release, cost }: Judged, sort: Exclude<Sort, "best">): string | number {
  if (sort === "title") return release.title.toLowerCase();
  if (sort === "size") return release.size_bytes;
  if (sort === "seeders") return release.seeders ?? 0;
  if (sort === "age") return release.published_at ? -Date.parse(release.published_at) : Infinity;
  return cost?.paid_bytes ?? 0;
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "string" && typeof other === "string") return one.localeCompare(other);
  return one === other ? 0 : one < other ? -1 : 1;
}

const BLOCKLIST = "blocklist";

export function isBlocked(judged: Pick<Judged, "reasons">): boolean {
  return judged.reasons.some((reason) => reason.rule === BLOCKLIST);
}

/** The release as the next search will judge it after it was blocked. */
export function blocked<Item extends Judged>(judged: Item, why: string, translatable?: Schema["Translatable"]): Item {
  const reason: Reason = {
    rule: BLOCKLIST,
    verdict: "rejected",
    temporary: false,
    weight: -1,
    words: why,
    got: why,
    ...(translatable ? { translatable: { got: translatable } } : {}),
  };
  return { ...judged, verdict: "rejected", reasons: [reason, ...judged.reasons.filter(({ rule }) => rule !== BLOCKLIST)] };
}

/** The release without its place on the blocklist: the worst of the other findings decides. */
export function unblocked<Item extends Judged>(judged: Item): Item {
  const reasons = judged.reasons.filter(({ rule }) => rule !== BLOCKLIST);
  const state = stateOf({ reasons });
  return { ...judged, verdict: state === "for_now" ? "rejected" : state, reasons };
}
