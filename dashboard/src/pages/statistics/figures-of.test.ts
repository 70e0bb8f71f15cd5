import { expect, test } from "vitest";

import { countsOf, numberOf } from "./figures-of";

const REPORT = {
  services: [{ service: "library-scanner", figures: { books: 40, books_by_format: { mp3: 1, m4b: 38 } } }],
  silent: [{ service: "downloader", why: "it does not answer" }],
};

test("a service that is silent has no figures", () => {
  expect(numberOf(REPORT, "library-scanner", "books")).toBe(40);
  expect(numberOf(REPORT, "downloader", "downloads")).toBeNull();
  expect(countsOf(REPORT, "downloader", "downloads_by_source")).toEqual([]);
});

test("the largest count is first", () => {
  expect(countsOf(REPORT, "library-scanner", "books_by_format")).toEqual([["m4b", 38], ["mp3", 1]]);
  expect(countsOf(REPORT, "library-scanner", "books")).toEqual([]);
});
