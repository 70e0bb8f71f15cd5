import { expect, test } from "vitest";

import { draftOf, faultOf, found, groupsOf, undoOf, updatesOf, type Setting } from "./settings-model";

function setting(name: string, group: string, more: Partial<Setting> = {}): Setting {
  return {
    name,
    group,
    type: "text",
    description: "",
    required: false,
    is_set: false,
    source: "default",
    stored: false,
    changeable: true,
    default: null,
    value: null,
    ...more,
  };
}

const described = (service: string, groups: string[], settings: Setting[]) => ({
  service,
  settings: {
    service,
    version: 1,
    applied_version: 1,
    state: "running" as const,
    groups: groups.map((name) => ({ name, title: name.toUpperCase(), testable: name === "abs" })),
    settings,
  },
});

const SERVICES = [
  described("library-scanner", ["abs", "covers"], [setting("ABS_URL", "abs"), setting("COVERS_PRIVATE", "covers")]),
  described("metadata", ["covers", "audible"], [
    setting("COVERS_PRIVATE", "covers"),
    setting("AUDIBLE_REGIONS", "audible", { description: "regions of Audible" }),
  ]),
  { service: "gateway", settings: null },
];

test("a setting of two services is shown once and sent to both", () => {
  const groups = groupsOf(SERVICES);
  expect(groups.map(({ name, fields }) => [name, fields.map((field) => field.name)])).toEqual([
    ["abs", ["ABS_URL"]],
    ["covers", ["COVERS_PRIVATE"]],
    ["audible", ["AUDIBLE_REGIONS"]],
  ]);
  expect(groups[1]?.fields[0]?.services).toEqual(["library-scanner", "metadata"]);
  const updates = updatesOf(groups, new Map<string, string | null>([["COVERS_PRIVATE", "yes"], ["ABS_URL", null]]));
  expect(Object.fromEntries(updates)).toEqual({
    "library-scanner": { ABS_URL: null, COVERS_PRIVATE: "yes" },
    metadata: { COVERS_PRIVATE: "yes" },
  });
});

test("a search finds words of names, descriptions and titles, in any order", () => {
  const wordsOf = ({ name }: { name: string }) => (name === "ABS_URL" ? "Adresse" : "");
  const names = (query: string) => found(groupsOf(SERVICES), query, wordsOf).flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names("regions audible")).toEqual(["AUDIBLE_REGIONS"]);
  expect(names("abs_url")).toEqual(["ABS_URL"]);
  expect(names("adresse abs")).toEqual(["ABS_URL"]);
  expect(names("covers")).toEqual(["COVERS_PRIVATE"]);
  expect(names("nothing of this")).toEqual([]);
});

test("what is entered becomes a draft only if it differs from the present value", () => {
  const number = setting("DAYS", "abs", { type: "number", value: 14 });
  expect(draftOf(number, "14")).toBeUndefined();
  expect(draftOf(number, "15")).toBe(15);
  expect(draftOf(number, "")).toBeNull();
  expect(draftOf(number, "many")).toBe("many");
  expect(draftOf(setting("ON", "abs", { type: "boolean", value: true }), true)).toBeUndefined();
  expect(draftOf(setting("ON", "abs", { type: "boolean", value: true }), false)).toBe(false);
  expect(draftOf(setting("KEY", "abs", { type: "secret", is_set: true }), "")).toBeUndefined();
});

test("a number outside of its limits is a fault", () => {
  const days = setting("DAYS", "abs", { type: "number", integer: true, minimum: 1, maximum: 365 });
  expect(["x", "1.5", "0", "366", "1", ""].map((text) => faultOf(days, text)?.code ?? null)).toEqual([
    "number",
    "whole",
    "least",
    "most",
    null,
    null,
  ]);
  const above = setting("SECONDS", "abs", { type: "number", minimum: 0, exclusive_minimum: true });
  expect(faultOf(above, 0)).toEqual({ code: "above", limit: 0 });
});

test("undo brings back what was stored and otherwise the default, but no secret", () => {
  const groups = groupsOf([
    described("x", ["abs"], [
      setting("A", "abs", { value: "old", stored: true }),
      setting("B", "abs", { value: "default" }),
      setting("KEY", "abs", { type: "secret", is_set: true, stored: true }),
    ]),
  ]);
  const drafts = new Map([["A", "new"], ["B", "new"], ["KEY", "new"]]);
  expect([...undoOf(groups, drafts)]).toEqual([["A", "old"], ["B", null]]);
});

test("a setting that only the environment can change is never sent", () => {
  const groups = groupsOf([described("x", ["abs"], [setting("A", "abs", { changeable: false })])]);
  expect(updatesOf(groups, new Map([["A", "new"]])).size).toBe(0);
});
