import { expect, test } from "vitest";

import { cronInWords } from "./cron-words";

test.each([
  ["*/30 * * * *", "Every 30 minutes", "Alle 30 Minuten"],
  ["0 3 * * *", "At 03:00", "Um 03:00"],
  ["30 4 * * 0", "At 04:30, only on Sunday", "Um 04:30, nur jeden Sonntag"],
  ["@every 30s", "Every 30 seconds", "Alle 30 Sekunden"],
])("“%s” is “%s” and “%s”", (line, english, german) => {
  expect(cronInWords(line, "en")).toBe(english);
  expect(cronInWords(line, "de")).toBe(german);
});

test("what is not a cron line has no words", () => {
  expect(cronInWords("0 25 * * *", "en")).toBeNull();
  expect(cronInWords("tomorrow", "de")).toBeNull();
});
