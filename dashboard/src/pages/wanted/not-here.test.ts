import { expect, test } from "vitest";

import { loadJoined, partsOf } from "./not-here";

test.each([
  [0, 5, [{ list: 0, offset: 0, limit: 3 }, { list: 2, offset: 0, limit: 2 }]],
  [2, 10, [{ list: 0, offset: 2, limit: 1 }, { list: 2, offset: 0, limit: 4 }]],
  [4, 2, [{ list: 2, offset: 1, limit: 2 }]],
  [7, 5, []],
])("from row %d on, %d rows are made of the right parts", (offset, limit, parts) => {
  expect(partsOf([3, 0, 4], offset, limit)).toEqual(parts);
});

test("the joined list has all rows once, whatever the size of its pages", async () => {
  const lists = [["a", "b", "c"], [], ["d", "e"]].map((items) => async (offset: number, limit: number) => ({
    items: items.slice(offset, offset + limit),
    total: items.length,
  }));
  const pages = await Promise.all([0, 2, 4].map((offset) => loadJoined(lists, offset, 2)));
  expect(pages.flatMap(({ items }) => items)).toEqual(["a", "b", "c", "d", "e"]);
  expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
});
