import { expect, test } from "vitest";

import { leastWidth } from "./least-width";

test("a table is at least as wide as its columns and the spaces around them", () => {
  expect(leastWidth("1.5rem minmax(13rem, 2.2fr) 6rem")).toBe("calc(20.5rem + 4 * var(--space-4))");
});

test("a list for phones and covers has no least width", () => {
  expect(leastWidth("minmax(0, 1fr) auto")).toBe("0px");
  expect(leastWidth("1fr")).toBe("0px");
});
