import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { SILENT_MS, TransferStore } from "./transfers";

const event = (...progress: number[]) =>
  JSON.stringify({ items: progress.map((each, index) => ({ id: `d${index}`, progress: each })) });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("figures that did not change stay the same object", () => {
  const store = new TransferStore();
  store.receive(event(0.1, 0.2));
  const [first, second] = [store.get("d0"), store.get("d1")];
  store.receive(event(0.1, 0.3));
  expect([store.get("d0") === first, store.get("d1") === second]).toEqual([true, false]);
});

test("a download that is no longer in the event has no figures", () => {
  const store = new TransferStore();
  store.receive(event(0.1, 0.2));
  store.receive(event(0.1));
  expect(store.get("d1")).toBeUndefined();
});

test("after a silence the figures count as unknown, until the next event", () => {
  const store = new TransferStore();
  const seen = vi.fn();
  store.subscribe(seen);
  store.receive(event(0.1));
  vi.advanceTimersByTime(SILENT_MS);
  expect([store.silent, store.get("d0")]).toEqual([true, undefined]);
  store.receive(event(0.2));
  expect([store.silent, store.get("d0")?.progress]).toEqual([false, 0.2]);
  expect(seen).toHaveBeenCalledTimes(3);
});

test("an event of another form changes nothing", () => {
  const store = new TransferStore();
  store.receive(event(0.1));
  for (const broken of ["", "{", "null", "{}", '{"items": 3}']) store.receive(broken);
  expect(store.get("d0")?.progress).toBe(0.1);
});
