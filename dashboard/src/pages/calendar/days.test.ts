import { expect, test } from "vitest";

import { addDays, addMonths, byDay, firstDayOfWeek, monthFrom, today, weeksOf } from "./days";

test("a month has all days of its weeks, from the first day of a week", () => {
  const monday = weeksOf("2026-11", 1);
  expect([monday[0]?.[0], monday.at(-1)?.[6], monday.length]).toEqual(["2026-10-26", "2026-12-06", 6]);
  const sunday = weeksOf("2026-11", 7);
  expect([sunday[0]?.[0], sunday.at(-1)?.[6], sunday.length]).toEqual(["2026-11-01", "2026-12-05", 5]);
  expect(weeksOf("2027-02", 1)).toHaveLength(4);
});

test("the region of the browser decides on the first day of the week", () => {
  expect(firstDayOfWeek("en", ["en-GB", "de"])).toBe(1);
  expect(firstDayOfWeek("en", ["en-US"])).toBe(7);
  expect(firstDayOfWeek("de", ["en-US"])).toBe(1);
});

test("days and months continue in the next year", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addMonths("2026-12", 1)).toBe("2027-01");
  expect(addMonths("2026-01", -1)).toBe("2025-12");
});

test("today is the day of the person, not of UTC", () => {
  expect(today(new Date(2026, 0, 5, 0, 30))).toBe("2026-01-05");
});

test("a month that is none is not shown", () => {
  expect(monthFrom("2026-13", "2026-11")).toBe("2026-11");
  expect(monthFrom("2026-02", "2026-11")).toBe("2026-02");
});

test("the entries of a day are together", () => {
  expect(byDay([{ date: "a", n: 1 }, { date: "b", n: 2 }, { date: "a", n: 3 }]).get("a")).toHaveLength(2);
});
