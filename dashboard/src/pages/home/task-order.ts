import type { Schema } from "../../api/client";

type Task = Pick<Schema["Task"], "name" | "next_due_at" | "next_times"> & {
  last_run?: Pick<Schema["Run"], "status" | "by"> | null;
};

const FREQUENT_MS = 20 * 60_000;

/** Whether the schedule starts the task so often that its runs are not news. */
export function isFrequent({ next_times: [first, second] = [] }: Task): boolean {
  return first !== undefined && second !== undefined && Date.parse(second) - Date.parse(first) < FREQUENT_MS;
}

/** The tasks that run now. A frequent one only if a person started it. */
export function running<Each extends Task>(tasks: readonly Each[]): Each[] {
  return tasks.filter(
    (task) =>
      task.last_run &&
      ["scheduled", "running"].includes(task.last_run.status) &&
      (!isFrequent(task) || task.last_run.by !== "schedule"),
  );
}

/** The tasks that are due next, the soonest first, without frequent ones. */
export function next<Each extends Task>(tasks: readonly Each[], count: number): Each[] {
  return tasks
    .filter((task) => task.next_due_at && !isFrequent(task))
    .toSorted((a, b) => Date.parse(a.next_due_at ?? "") - Date.parse(b.next_due_at ?? ""))
    .slice(0, count);
}
