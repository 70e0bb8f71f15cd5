import { expect, test } from "vitest";

import { toggled } from "./selection";

const row = (index: number) => (index === 3 ? undefined : { id: `book-${index}` });
const NONE: ReadonlySet<string> = new Set();

test("a click selects a row, and another one deselects it", () => {
  const one = toggled(NONE, -1, 2, false, row);
  expect([...one]).toEqual(["book-2"]);
  expect([...toggled(one, 2, 2, false, row)]).toEqual([]);
});

test("Shift selects the rows between, in both directions, without those that are not loaded", () => {
  const one = toggled(NONE, -1, 1, false, row);
  expect([...toggled(one, 1, 5, true, row)]).toEqual(["book-1", "book-2", "book-4", "book-5"]);
  expect([...toggled(new Set(["book-5"]), 5, 4, true, row)].toSorted()).toEqual(["book-4", "book-5"]);
});

test("Shift on a selected row deselects the rows between", () => {
  const some = new Set(["book-0", "book-1", "book-2"]);
  expect([...toggled(some, 0, 1, true, row)]).toEqual(["book-2"]);
});

test("without an earlier click Shift selects one row", () => {
  expect([...toggled(NONE, -1, 6, true, row)]).toEqual(["book-6"]);
});

test("a row that is not loaded cannot be selected", () => {
  expect(toggled(NONE, -1, 3, false, row)).toBe(NONE);
});
