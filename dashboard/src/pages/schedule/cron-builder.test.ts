import { expect, test } from "vitest";

import { DEFAULTS, KINDS, lineOf, PRESETS, ruleOf } from "./cron-builder";

test.each([
  ["*/30 * * * *", "minutes"],
  ["20 * * * *", "hours"],
  ["0 */6 * * *", "hours"],
  ["45 4 * * *", "daily"],
  ["30 4 * * 0", "weekly"],
  ["0 5 * * 1,3,5", "weekly"],
  ["0 3 2 * *", "monthly"],
  ["", "hand"],
  ["@every 30s", "line"],
  ["0 3 * 6 *", "line"],
  ["0 3 1-7 * 1", "line"],
  ["0 8-18 * * *", "line"],
  ["*/5 8 * * *", "line"],
  ["0 0 1", "line"],
] as const)("the line “%s” is the rule %s, and the rule gives the line again", (line, kind) => {
  const rule = ruleOf(line);
  expect(rule.kind).toBe(kind);
  expect(lineOf(rule)).toBe(line);
});

test("each kind begins with a rule that has its own line", () => {
  for (const kind of KINDS) if (kind !== "line") expect(ruleOf(lineOf(DEFAULTS[kind]))).toEqual(DEFAULTS[kind]);
});

test("each preset is a rule of the builder", () => {
  for (const line of PRESETS) expect(ruleOf(line).kind).not.toBe("line");
});

test("an incomplete rule gives a line that is not valid", () => {
  expect(lineOf({ kind: "daily", time: "" })).toContain("?");
  expect(lineOf({ kind: "weekly", time: "03:00", days: [] })).toContain("?");
});
