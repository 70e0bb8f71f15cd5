import { expect, test } from "vitest";

import { linesOf, rulesOf } from "./genre-rules";

const GENRES = { "Sci-Fi": "Science Fiction", "SF & Fantasy": ["Science Fiction", "Fantasy"], Audiobook: null };

test("a genre becomes another, several, or nothing", () => {
  const lines = linesOf(GENRES);
  expect(lines).toEqual([
    { name: "Audiobook", becomes: "" },
    { name: "Sci-Fi", becomes: "Science Fiction" },
    { name: "SF & Fantasy", becomes: "Science Fiction, Fantasy" },
  ]);
  expect(rulesOf(lines)).toEqual(GENRES);
});

test("spaces and commas without a genre do not count, nor lines without a name", () => {
  const lines = [
    { name: " SF ", becomes: " Science Fiction ,, " },
    { name: " ", becomes: "Fantasy" },
  ];
  expect(rulesOf(lines)).toEqual({ SF: "Science Fiction" });
});
