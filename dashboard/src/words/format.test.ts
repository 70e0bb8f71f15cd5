import { expect, test } from "vitest";

import { formatFor } from "./format";

const NOW = Date.parse("2026-03-10T12:00:00Z");

test.each([
  ["2026-03-10T11:59:30Z", "30 seconds ago", "vor 30 Sekunden"],
  ["2026-03-10T09:00:00Z", "3 hours ago", "vor 3 Stunden"],
  ["2026-03-12T13:00:00Z", "in 2 days", "übermorgen"],
])("%s is said by its distance", (moment, english, german) => {
  expect(formatFor("en").relative(moment, NOW)).toBe(english);
  expect(formatFor("de").relative(moment, NOW)).toBe(german);
});

test("a moment far away is a date", () => {
  expect(formatFor("en").relative("2024-01-31T12:00:00Z", NOW)).toBe("Jan 31, 2024");
});

test("a code of a language is shown by its name, and other words as they are", () => {
  const format = formatFor("de");
  expect(["ENG", "de", "Plattdeutsch", "xx-y"].map(format.language)).toEqual(["Englisch", "Deutsch", "Plattdeutsch", "xx-y"]);
});

test("playing times and sizes have short units", () => {
  const format = formatFor("en");
  expect([format.duration(45_240), format.duration(7_200), format.duration(59)]).toEqual(["12 hr 34 min", "2 hr", "1 min"]);
  expect([format.bytes(0), format.bytes(412_000_000), format.bytes(1_234_000_000)]).toEqual(["0 byte", "412 MB", "1.2 GB"]);
});
