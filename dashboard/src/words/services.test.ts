import { expect, test } from "vitest";

import problemsPage from "../../../docs/problems.md?raw";
import settingsPage from "../../../docs/settings.md?raw";
import tasksPage from "../../../docs/tasks.md?raw";
import { services } from "./de/services";
import { tasks } from "./de/tasks";

/** The first column of the tables of a page. */
function listed(page: string): string[] {
  const names = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = ""]) => name);
  return [...new Set(names)].toSorted();
}

const keys = (texts: object) => Object.keys(texts).toSorted();

test("German has a name and a meaning for each setting of the services, and for no other", () => {
  expect(listed(settingsPage).length).toBeGreaterThan(150);
  expect(keys(services.settings)).toEqual(listed(settingsPage));
  for (const [name, { name: short, about }] of Object.entries(services.settings)) {
    expect(short, name).not.toBe("");
    expect(about, name).toMatch(/\.$/);
  }
});

test("German has a name and a meaning for each task, and for no other", () => {
  expect(keys(tasks)).toEqual(listed(tasksPage));
  expect(keys(services.tasks)).toEqual(listed(tasksPage));
});

test("German has a title for each error code, and for no other", () => {
  expect(listed(problemsPage).length).toBeGreaterThan(70);
  expect(keys(services.problems)).toEqual(listed(problemsPage));
});
