import { expect, test } from "vitest";

import { mayBeWanted } from "./top-list-entry";

test("a book that is owned, wanted or on its way is not wanted again", () => {
  for (const state of ["owned", "wanted", "downloading"] as const) {
    expect(mayBeWanted({ state, authors: ["L. Frank Baum"] })).toBe(false);
  }
});

test("a book that is absent, ignored, doubtful or left out can be wanted, if its author is known", () => {
  for (const state of ["absent", "ignored", "maybe_owned", "was_owned", "left_out", null] as const) {
    expect(mayBeWanted({ state, authors: ["L. Frank Baum"] })).toBe(true);
    expect(mayBeWanted({ state, authors: [] })).toBe(false);
  }
});
