import { expect, test } from "vitest";

import { Problem } from "../../api/problem";
import { whenApplied } from "./when-applied";

test("a call is repeated while the service does not answer", async () => {
  let calls = 0;
  const call = async () => {
    calls += 1;
    if (calls < 3) throw new Problem("unavailable", 503, "Service unavailable", "");
    return "answer";
  };
  expect(await whenApplied(call, 0)).toBe("answer");
  expect(calls).toBe(3);
});

test("a refusal is not repeated", async () => {
  let calls = 0;
  const call = async () => {
    calls += 1;
    throw new Problem("wrong_settings", 422, "Wrong settings", "");
  };
  await expect(whenApplied(call, 0)).rejects.toThrow("Wrong settings");
  expect(calls).toBe(1);
});
