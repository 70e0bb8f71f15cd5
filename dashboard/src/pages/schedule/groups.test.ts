import { expect, test } from "vitest";

import { tasks } from "../../words/en/tasks";
import { GROUPS, grouped } from "./groups";

test("each task with a name is in exactly one group", () => {
  const members: string[] = GROUPS.flatMap(([, names]) => [...names]);
  expect(members.toSorted()).toEqual(Object.keys(tasks).toSorted());
});

test("a task that this dashboard does not know is shown too, and an empty group is not", () => {
  expect(grouped([{ name: "new_task" }, { name: "library_scan" }])).toEqual([
    ["library", [{ name: "library_scan" }]],
    ["upkeep", [{ name: "new_task" }]],
  ]);
});
