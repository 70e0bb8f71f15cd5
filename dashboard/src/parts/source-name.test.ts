import { expect, test } from "vitest";

import { systemName } from "./source-name";

test("a system is called by its name, in whatever letters a service writes it", () => {
  expect(systemName("AUDIBLE")).toBe("Audible");
  expect(systemName("openlibrary")).toBe("Open Library");
  expect(systemName("AUDIBLE, HARDCOVER")).toBe("Audible, Hardcover");
});

test("a system that is not known keeps its name", () => {
  expect(systemName("My Provider")).toBe("My Provider");
});
