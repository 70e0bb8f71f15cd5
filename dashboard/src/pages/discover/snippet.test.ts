import { expect, test } from "vitest";

import { piecesOf } from "./snippet";

test("the words found are marked, and the rest is text", () => {
  expect(piecesOf("earns no <mark>seeding</mark> time &amp; no &lt;b&gt;")).toEqual([
    { text: "earns no ", isFound: false },
    { text: "seeding", isFound: true },
    { text: " time & no <b>", isFound: false },
  ]);
});

test("an entity that was escaped twice is read once", () => {
  expect(piecesOf("&amp;lt;script&amp;gt;")).toEqual([{ text: "&lt;script&gt;", isFound: false }]);
});
