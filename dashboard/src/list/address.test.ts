import { expect, test } from "vitest";

import { changed, orders, placeIn } from "./address";

test("a change of a filter keeps the other filters and forgets the place", () => {
  const next = changed(new URLSearchParams("sort=title&at=4000&q=oz"), { sort: "-title", q: "", status: "archived" });
  expect(next.toString()).toBe("sort=-title&status=archived");
});

test.each([
  ["at=31250", 31_250],
  ["", 0],
  ["at=-5", 0],
  ["at=1e9", 0],
  ["at=99999999", 0],
])("the place in %s is %d", (search, place) => {
  expect(placeIn(new URLSearchParams(search))).toBe(place);
});

test("the orders of a list begin with its first one and contain each field in both directions", () => {
  expect(orders("-missing", ["missing", "name"])).toEqual(["-missing", "missing", "name", "-missing", "-name"]);
});
