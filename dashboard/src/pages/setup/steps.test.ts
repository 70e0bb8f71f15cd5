import { expect, test } from "vitest";

import type { Field, FieldGroup } from "../settings/settings-model";
import { groupsOfStep, isUsed, nextStep, progressOf, STEPS } from "./steps";

function field(name: string, more: Partial<Field> = {}): Field {
  return {
    name,
    group: "",
    type: "text",
    description: "",
    required: false,
    is_set: false,
    source: "default",
    stored: false,
    changeable: true,
    default: null,
    value: null,
    services: [],
    ...more,
  };
}

const group = (name: string, ...fields: Field[]): FieldGroup => ({ service: "", name, title: name, testable: true, fields });

const GROUPS = [
  group("audiobookshelf", field("ABS_URL", { required: true }), field("IMPORT_CONFIRM_SECONDS")),
  group("qbittorrent", field("QBITTORRENT_URL", { required: true, is_set: true })),
  group("transmission", field("TRANSMISSION_URL")),
  group("folders", field("LIBRARY_PATH", { required: true })),
  group("prowlarr", field("PROWLARR_URL")),
  group("downloads", field("DOWNLOAD_CLIENT", { value: "qbittorrent" })),
];

test("a step shows only what a person needs at first, and the chosen client", () => {
  const names = (drafts: Map<string, string>, step: (typeof STEPS)[number]) =>
    groupsOfStep(step, GROUPS, drafts).flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names(new Map(), "audiobookshelf")).toEqual(["ABS_URL"]);
  expect(names(new Map(), "client")).toEqual(["QBITTORRENT_URL"]);
  expect(names(new Map([["DOWNLOAD_CLIENT", "transmission"]]), "client")).toEqual(["TRANSMISSION_URL"]);
});

test("a step is needed, optional or done", () => {
  expect(STEPS.map((step) => progressOf(step, GROUPS, new Map()))).toEqual([
    "needed",
    "needed",
    "done",
    "optional",
    "optional",
    "optional",
  ]);
});

test("the next step is the first that is not done and was not skipped", () => {
  expect(nextStep(GROUPS, new Set())).toBe("audiobookshelf");
  expect(nextStep(GROUPS, new Set(["audiobookshelf", "folders"]))).toBe("myanonamouse");
  expect(nextStep(GROUPS, new Set(STEPS))).toBeNull();
});

test("a group is tested if something of it is entered, or if it works without a key", () => {
  const google = group("google", field("GOOGLE_KEY", { type: "secret" }));
  expect(isUsed(google, new Map())).toBe(false);
  expect(isUsed(google, new Map([["GOOGLE_KEY", "key"]]))).toBe(true);
  expect(isUsed(group("audible", field("AUDIBLE_REGIONS")), new Map())).toBe(true);
  expect(isUsed(group("mam", field("MAM_SESSION", { type: "secret", required: true })), new Map())).toBe(true);
});
