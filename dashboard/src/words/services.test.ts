import { expect, test } from "vitest";

import doctorPage from "../../../docs/doctor.md?raw";
import problemsPage from "../../../docs/problems.md?raw";
import settingsPage from "../../../docs/settings.md?raw";
import tasksPage from "../../../docs/tasks.md?raw";
import { services } from "./de/services";
import { tasks } from "./de/tasks";

/** What a page names: in the first column of its tables, or where `pattern` finds it. */
function listed(page: string, pattern = /^\| `(\w+)` \|/gm): string[] {
  const names = [...page.matchAll(pattern)].map(([, name = ""]) => name);
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

test("German has a name for each area of the doctor, and for no other", () => {
  expect(keys(services.doctor)).toEqual(listed(doctorPage, /^## (\w+)$/gm));
});
