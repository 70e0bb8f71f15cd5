import { expect, test } from "vitest";

import { next, running } from "./task-order";

const at = (minutes: number) => new Date(minutes * 60_000).toISOString();

function task(name: string, first: number | null, every: number, last_run: { status: "running" | "completed"; by: string } | null = null) {
  const next_times = first === null ? [] : [at(first), at(first + every)];
  return { name, next_due_at: first === null ? null : at(first), next_times, last_run };
}

test("the next tasks are the soonest, without those that run all the time and those without a schedule", () => {
  const tasks = [task("scan", 30, 60), task("monitor", 1, 0.5), task("by_hand", null, 0), task("check", 5, 1440)];
  expect(next(tasks, 5).map(({ name }) => name)).toEqual(["check", "scan"]);
  expect(next(tasks, 1).map(({ name }) => name)).toEqual(["check"]);
});

test("a frequent task is shown as running only if a person started it", () => {
  const byHand = { status: "running", by: "key" } as const;
  const scheduled = { status: "running", by: "schedule" } as const;
  const tasks = [
    task("scan", 30, 60, scheduled),
    task("monitor", 1, 0.5, scheduled),
    task("retry", 1, 5, byHand),
    task("check", 5, 1440, { status: "completed", by: "schedule" }),
  ];
  expect(running(tasks).map(({ name }) => name)).toEqual(["scan", "retry"]);
});
