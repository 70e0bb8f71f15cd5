import { expect, test } from "vitest";

import { booksOf } from "./plan";

const action = (book_id: string | null, what: string) => ({ kind: "change_field", what, words: "", book_id });

test("what would be changed is listed by book, in the order of the plan", () => {
  const [title, other, year] = [action("a", "title"), action("b", "title"), action("a", "year")];
  expect(booksOf([title, other, year, action(null, "nothing")])).toEqual([
    { id: "a", actions: [title, year] },
    { id: "b", actions: [other] },
  ]);
});
