import { expect, test } from "vitest";

import { answerParts } from "./citations";

test("each citation of a passage is a part of its own", () => {
  expect(answerParts("Seed for 72 hours [2][1].", [1, 2])).toEqual(["Seed for 72 hours ", { number: 2 }, { number: 1 }, "."]);
});

test("a number that names no passage stays text", () => {
  expect(answerParts("See [7] and [x].", [1])).toEqual(["See ", "[7]", " and [x]."]);
});
