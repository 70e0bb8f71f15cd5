import { expect, test } from "vitest";

import { fillable, nextMissing, shownWorks, type Work } from "./works";

const work = (given: Partial<Work>): Work => ({ id: "1", title: "Ozma of Oz", kind: "primary", state: "owned", why: "", ...given });
const gap = (status: NonNullable<Work["missing_status"]>, id: string | null = "7") =>
  work({ state: "missing", missing_status: status, missing_book_id: id });

test("gaps are filled that nobody searches or downloads, or that only wait for approval", () => {
  const works = [gap("identified", "a"), gap("failed", "b"), gap("queued"), gap("downloading"), gap("identified", null)];
  const waiting = [{ ...gap("queued", "c"), absence: "approval" as const }, { ...gap("queued"), absence: "decision" as const }];
  expect(fillable([...works, ...waiting, work({})]).map((each) => each.missing_book_id)).toEqual(["a", "b", "c"]);
});

test("the next missing work is the first in the order of the series", () => {
  const works = [work({}), work({ state: "ignored" }), work({ state: "missing", title: "3" }), work({ state: "missing" })];
  expect(nextMissing(works)?.title).toBe("3");
  expect(nextMissing([work({})])).toBeUndefined();
});

test("works that are not counted have no cell", () => {
  expect(shownWorks([work({}), work({ state: "not_counted" }), work({ state: "upcoming" })])).toHaveLength(2);
});
