import { expect, test } from "vitest";

import { otherNames } from "./other-names";

test("other spellings and pen names are counted, the most frequent first", () => {
  const works = [
    { authors: ["L. Frank Baum", "W. W. Denslow"] },
    { authors: ["Lyman Frank Baum"] },
    { authors: ["Baum, L. Frank"] },
    { authors: ["Lyman Frank Baum", "Lyman Frank Baum"] },
  ];
  const missing = [{ other_authors: ["Edith Van Dyne"] }];
  expect(otherNames("L. Frank Baum", works, missing)).toEqual([
    { name: "Lyman Frank Baum", works: 2 },
    { name: "Baum, L. Frank", works: 1 },
    { name: "Edith Van Dyne", works: 1 },
  ]);
});

test("a co-author, another first name and an empty name are no other names", () => {
  const works = [{ authors: ["Roger Baum", "Émile Zola", ""] }, {}];
  expect(otherNames("L. Frank Baum", works, [])).toEqual([]);
});

test("accents make another spelling, not another person", () => {
  expect(otherNames("Émile Zola", [{ authors: ["Emile Zola"] }], [])).toEqual([{ name: "Emile Zola", works: 1 }]);
});
