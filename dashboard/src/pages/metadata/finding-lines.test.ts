import { expect, test } from "vitest";

import { findingLines } from "./finding-lines";

const DAYS = [
  { day: "2026-03-01", open: { no_cover: 4, place_twice: 1 } },
  { day: "2026-03-02", open: { no_cover: 1, place_twice: 2, tiny_cover: 3 } },
];

test("without a kind there are all findings and the two most frequent kinds of the last day", () => {
  expect(findingLines(DAYS, undefined)).toEqual([
    { kind: null, values: [5, 6] },
    { kind: "tiny_cover", values: [0, 3] },
    { kind: "place_twice", values: [1, 2] },
  ]);
});

test("a kind is shown alone, with 0 where it was not found", () => {
  expect(findingLines(DAYS, "tiny_cover")).toEqual([{ kind: "tiny_cover", values: [0, 3] }]);
});

test("a library that was never checked has an empty line", () => {
  expect(findingLines([], undefined)).toEqual([{ kind: null, values: [] }]);
});
