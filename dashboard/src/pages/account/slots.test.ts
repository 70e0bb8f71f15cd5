import { expect, test } from "vitest";

import { slotsOf } from "./slots";

const ROOM = { reserved_slots: 3, slots_left: 20, slots_left_for_person: 25 };

test("used, reserved and free slots add up to the limit", () => {
  expect(slotsOf({ unsatisfied: 12, unsatisfied_limit: 40 }, ROOM)).toEqual({ used: 12, reserved: 3, free: 25, limit: 40 });
});

test("there are never fewer than no free slots", () => {
  expect(slotsOf({ unsatisfied: 40, unsatisfied_limit: 40 }, ROOM)?.free).toBe(0);
});

test("without figures of the site there is nothing to show", () => {
  expect(slotsOf({ unsatisfied: null, unsatisfied_limit: 40 }, ROOM)).toBeNull();
  expect(slotsOf(null, null)).toBeNull();
});
