import { expect, test, vi } from "vitest";

import { batched } from "./batched";

test("calls of the same moment are sent together, each id once, and in parts", async () => {
  const load = vi.fn((ids: string[]) => Promise.resolve(new Map(ids.map((id) => [id, id.toUpperCase()]))));
  const one = batched(2, load);
  expect(await Promise.all(["a", "b", "a", "c"].map(one))).toEqual(["A", "B", "A", "C"]);
  expect(load.mock.calls).toEqual([[["a", "b"]], [["c"]]]);
  expect(await one("a")).toBe("A");
  expect(load).toHaveBeenCalledTimes(3);
});

test("an item that the answer lacks is undefined", async () => {
  expect(await batched(2, () => Promise.resolve(new Map()))("a")).toBeUndefined();
});

test("a failure is that of each item, and the next call is sent again", async () => {
  const load = vi.fn<(ids: string[]) => Promise<Map<string, string>>>(() => Promise.resolve(new Map([["a", "A"]])));
  load.mockRejectedValueOnce(new Error("away"));
  const one = batched(2, load);
  const ended = await Promise.allSettled([one("a"), one("b")]);
  expect(ended.map((each) => each.status)).toEqual(["rejected", "rejected"]);
  expect(await one("a")).toBe("A");
});
