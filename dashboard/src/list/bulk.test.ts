import { expect, test, vi } from "vitest";

import { changeAll } from "./bulk";

const result = (done: string[], remaining: string[] = [], refused = 0) => ({ done, remaining, refused, problems: [] });

test("what was not reached in time is sent again until every item has an answer", async () => {
  const again = vi.fn(async (ids: string[]) => (ids.length > 1 ? result(["b"], ["c"]) : result([], [], 1)));
  const progress: number[] = [];
  const all = await changeAll(async () => result(["a"], ["b", "c"]), again, (reached) => progress.push(reached));
  expect(again.mock.calls).toEqual([[["b", "c"]], [["c"]]]);
  expect([all.done, all.refused, progress]).toEqual([["a", "b"], 1, [1, 2]]);
});

test("a call that reaches nothing ends the whole", async () => {
  const stuck = vi.fn(async (ids: string[]) => result([], ids));
  const all = await changeAll(async () => result(["a"], ["b"]), stuck, () => undefined);
  expect([all.done, stuck.mock.calls.length]).toEqual([["a"], 1]);
});
