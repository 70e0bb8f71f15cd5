import { expect, test } from "vitest";

import { EVENT_KINDS } from "./event-source";
import { READ_AGAIN, subjectsOf } from "./queries";

test("each kind of event says what is read again", () => {
  expect(Object.keys(READ_AGAIN).toSorted()).toEqual([...EVENT_KINDS].toSorted());
});

test("a subject of several kinds is read again once", () => {
  expect([...subjectsOf(["download", "import"])].toSorted()).toEqual(["books", "downloads", "imports", "timelines"]);
});
