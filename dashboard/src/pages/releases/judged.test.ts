import { expect, test } from "vitest";

import { against, blocked, countsOf, isBlocked, shownBy, sorted, stateOf, unblocked, type Judged, type Reason } from "./judged";

const reason = (rule: string, verdict?: Reason["verdict"], temporary = false): Reason => ({
  rule,
  words: rule,
  ...(verdict ? { verdict } : {}),
  temporary,
  weight: 0,
});

const offer = (title: string, ...reasons: Reason[]): Judged => ({
  release: { id: title, indexer: "MAM", title, size_bytes: title.length, seeders: 10 - title.length },
  reasons,
  verdict: "accepted",
  score: 0,
  cost: null,
});

const LANGUAGE = offer("German", reason("language", "rejected"), reason("size", "accepted"));
const FULL = offer("Full", reason("standing", "rejected", true));
const ABRIDGED = offer("Abridged", reason("duration", "doubtful"));
const GOOD = offer("Good", reason("matched book"), reason("size", "accepted"));
const ALL = [GOOD, ABRIDGED, FULL, LANGUAGE];

test("only a final finding rejects a release for good", () => {
  expect(ALL.map(stateOf)).toEqual(["accepted", "doubtful", "for_now", "rejected"]);
  expect(stateOf(offer("Both", reason("standing", "rejected", true), reason("language", "rejected")))).toBe("rejected");
});

test("the final findings against a release come first", () => {
  const judged = offer("Both", reason("duration", "doubtful"), reason("standing", "rejected", true), reason("language", "rejected"));
  expect(against(judged).map(({ rule }) => rule)).toEqual(["language", "standing", "duration"]);
});

test("each rule counts a release once", () => {
  const twice = offer("Twice", reason("language", "rejected"), reason("language", "rejected"));
  expect(countsOf([LANGUAGE, twice, ABRIDGED]).rules).toEqual([
    { name: "language", count: 2, weight: "hard" },
    { name: "duration", count: 1, weight: "doubt" },
  ]);
  expect(countsOf(ALL).states.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
});

test("releases are filtered by state, by rule and by words", () => {
  const none = { state: undefined, rule: "", text: "" };
  expect(shownBy(none, ALL)).toHaveLength(4);
  expect(shownBy({ ...none, state: "doubtful" }, ALL)).toEqual([ABRIDGED]);
  expect(shownBy({ ...none, rule: "standing" }, ALL)).toEqual([FULL]);
  expect(shownBy({ ...none, rule: "size" }, ALL)).toEqual([]);
  expect(shownBy({ ...none, text: " GER " }, ALL)).toEqual([LANGUAGE]);
});

test("the order of the decision is kept unless another is chosen", () => {
  expect(sorted(ALL, "best", false)).toEqual(ALL);
  expect(sorted(ALL, "title", false).map(({ release }) => release.title)).toEqual(["Abridged", "Full", "German", "Good"]);
  expect(sorted(ALL, "seeders", true)[0]).toBe(GOOD);
});

test("a release that is unblocked is judged by its other findings", () => {
  const gone = blocked(ABRIDGED, "wrong");
  expect([isBlocked(gone), stateOf(gone), gone.verdict]).toEqual([true, "rejected", "rejected"]);
  expect(blocked(gone, "again").reasons).toHaveLength(2);
  expect(unblocked(gone)).toEqual({ ...ABRIDGED, verdict: "doubtful" });
  expect(unblocked(blocked(FULL, "wrong")).verdict).toBe("rejected");
});
