/** The settings of all services as a person sees them: by group, and each once. */

import type { Schema } from "../../api/client";

export type Setting = Schema["Setting"];
export type Value = string | number | boolean | null;
/** Values that are not saved, by the name of their setting. null: the default. */
export type Drafts = ReadonlyMap<string, Value>;

/** A setting, and every service that has it. */
export interface Field extends Setting {
  services: readonly string[];
}

export interface FieldGroup {
  /** The first service that has it: the one that tests it. */
  service: string;
  name: string;
  title: string;
  testable: boolean;
  fields: Field[];
}

type Listed = Pick<Schema["SettingsOfService"], "service" | "settings">;

/** The groups of all services that answered. Groups and settings of the same name are one, in the place of the first. */
export function groupsOf(services: readonly Listed[]): FieldGroup[] {
  const groups = new Map<string, FieldGroup>();
  const fields = new Map<string, Field>();
  for (const { service, settings } of services) {
    for (const { name, title, testable } of settings?.groups ?? []) {
      if (!groups.has(name)) groups.set(name, { service, name, title, testable, fields: [] });
    }
    for (const setting of settings?.settings ?? []) {
      const known = fields.get(setting.name);
      const field = { ...(known ?? setting), services: [...(known?.services ?? []), service] };
      fields.set(setting.name, field);
      const group = groups.get((known ?? setting).group);
      if (!group) continue;
      const index = group.fields.findIndex(({ name }) => name === field.name);
      if (index === -1) group.fields.push(field);
      else group.fields[index] = field;
    }
  }
  return [...groups.values()].filter((group) => group.fields.length > 0);
}

export type Kind = "connections" | "rules" | "installation";

/** What a group is about: an outside system, how Gapless works, or what only the environment can set. */
export function kindOf({ testable, fields }: FieldGroup): Kind {
  if (testable) return "connections";
  return fields.every(({ changeable, source }) => !changeable && source !== "environment") ? "installation" : "rules";
}

/** A text of the API as a sentence: with a capital letter and a full stop. */
export function sentence(text: string | undefined): string {
  const trimmed = (text ?? "").trim();
  if (trimmed === "") return "";
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?:]$/.test(trimmed) ? "" : ".");
}

/** The fields that contain all words of the query: in their name, their description, the title of their group, or what
 * `wordsOf` shows of them in the language of the page. */
export function found(
  groups: readonly FieldGroup[],
  query: string,
  wordsOf: (field: Field, group: FieldGroup) => string,
): FieldGroup[] {
  const words = query.toLowerCase().split(/[\s_]+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      fields: group.fields.filter((field) => {
        const { name, description } = field;
        const text = `${name.replaceAll("_", " ")} ${wordsOf(field, group)} ${description} ${group.title}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ fields }) => fields.length > 0);
}

/** The value of a setting as the text of an input. */
export const textOf = (value: Value | undefined): string => (value === null || value === undefined ? "" : String(value));

export type Fault = { code: "number" | "whole" } | { code: "least" | "most" | "above"; limit: number };

/** What is wrong with a number as it was entered; null: nothing. The service checks everything else. */
export function faultOf(field: Setting, value: Value | undefined): Fault | null {
  if (field.type !== "number" || value === null || value === undefined || value === "") return null;
  const number = Number(value);
  if (!Number.isFinite(number)) return { code: "number" };
  if (field.integer && !Number.isInteger(number)) return { code: "whole" };
  const { minimum, maximum } = field;
  if (typeof minimum === "number" && field.exclusive_minimum && number <= minimum) return { code: "above", limit: minimum };
  if (typeof minimum === "number" && number < minimum) return { code: "least", limit: minimum };
  if (typeof maximum === "number" && number > maximum) return { code: "most", limit: maximum };
  return null;
}

/** The draft for what a person entered. undefined: it is the present value, so that there is nothing to save. */
export function draftOf(field: Setting, entered: string | boolean): Value | undefined {
  if (typeof entered === "boolean") return entered === field.value ? undefined : entered;
  if (field.type === "secret") return entered === "" ? undefined : entered;
  if (entered === textOf(field.value)) return undefined;
  if (entered === "") return null;
  return field.type === "number" && Number.isFinite(Number(entered)) ? Number(entered) : entered;
}

/** The values to send to each service: of the settings that have a draft. */
export function updatesOf(groups: readonly FieldGroup[], drafts: Drafts): Map<string, Record<string, Value>> {
  const updates = new Map<string, Record<string, Value>>();
  for (const field of groups.flatMap(({ fields }) => fields)) {
    const draft = drafts.get(field.name);
    if (draft === undefined || !field.changeable) continue;
    for (const service of field.services) updates.set(service, { ...updates.get(service), [field.name]: draft });
  }
  return updates;
}

/** The drafts that bring back the present values. The value of a secret is not known, so it is none of them. */
export function undoOf(groups: readonly FieldGroup[], drafts: Drafts): Map<string, Value> {
  const fields = groups.flatMap((group) => group.fields).filter(({ name, type }) => drafts.has(name) && type !== "secret");
  return new Map(fields.map((field) => [field.name, field.stored ? (field.value ?? null) : null]));
}
