import { expect, test } from "vitest";

import { areaOf, bySeverity } from "./findings";

const finding = (subject: string, severity: "ok" | "warning" | "fault") => ({ area: "a", subject, severity, words: "" });

test("the worst findings come first, and equal ones keep their order", () => {
  const sorted = bySeverity([finding("1", "ok"), finding("2", "warning"), finding("3", "fault"), finding("4", "warning")]);
  expect(sorted.map(({ subject }) => subject)).toEqual(["3", "2", "4", "1"]);
});

test("a failed message is resent through the part of the API of its service", () => {
  expect([areaOf("downloader"), areaOf("library-scanner"), areaOf("unknown")]).toEqual(["downloads", "library", undefined]);
});
