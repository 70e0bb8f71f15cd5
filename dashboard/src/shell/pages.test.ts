import { expect, test } from "vitest";

import { PAGES } from "./pages";

test("each page has a key of its own", () => {
  const keys = PAGES.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
