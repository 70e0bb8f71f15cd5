/** The first steps of an installation, each with the settings that a person needs to see. */

import type { Drafts, Field, FieldGroup } from "../settings/settings-model";

export const STEPS = ["audiobookshelf", "folders", "client", "myanonamouse", "prowlarr", "providers"] as const;
export type Step = (typeof STEPS)[number];

/** The settings of a step that are shown at first. The settings page shows the others. */
const SHOWN: Record<Step, readonly string[]> = {
  audiobookshelf: ["ABS_URL", "ABS_TOKEN", "ABS_LIBRARIES"],
  folders: ["DOWNLOAD_PATH", "LIBRARY_PATH"],
  client: [
    "QBITTORRENT_URL",
    "QBITTORRENT_USERNAME",
    "QBITTORRENT_PASSWORD",
    "TRANSMISSION_URL",
    "TRANSMISSION_USERNAME",
    "TRANSMISSION_PASSWORD",
  ],
  myanonamouse: ["MAM_SESSION", "MAM_DYNAMIC_SEEDBOX", "MAM_PROXY"],
  prowlarr: ["PROWLARR_URL", "PROWLARR_API_KEY"],
  providers: ["AUDIBLE_REGIONS", "HARDCOVER_TOKEN", "GOOGLE_KEY"],
};

const CLIENT = "DOWNLOAD_CLIENT";

/** The setting that chooses the download client. */
export const clientField = (groups: readonly FieldGroup[]): Field | undefined =>
  groups.flatMap(({ fields }) => fields).find(({ name }) => name === CLIENT);

/** The groups of a step, each with the settings that are shown. The client is the chosen one. */
export function groupsOfStep(step: Step, groups: readonly FieldGroup[], drafts: Drafts): FieldGroup[] {
  const client = drafts.get(CLIENT) ?? clientField(groups)?.value ?? "qbittorrent";
  return groups
    .filter(({ name }) => step !== "client" || name === client)
    .map((group) => ({ ...group, fields: group.fields.filter(({ name }) => SHOWN[step].includes(name)) }))
    .filter(({ fields }) => fields.length > 0);
}

/** Whether there is something to test in a group: a provider that needs a key and has none is not used. */
export function isUsed({ fields }: FieldGroup, drafts: Drafts): boolean {
  const has = ({ name, required, is_set }: Field) => required || is_set || drafts.has(name);
  return fields.some(has) || !fields.some(({ type }) => type === "secret");
}

export type Progress = "done" | "needed" | "optional";

/** Whether a step has all that it needs. A step that needs nothing is done when something of it is set. */
export function progressOf(step: Step, groups: readonly FieldGroup[], drafts: Drafts): Progress {
  const fields = groupsOfStep(step, groups, drafts).flatMap((group) => group.fields);
  if (fields.some(({ required, is_set }) => required && !is_set)) return "needed";
  return fields.some(({ is_set }) => is_set) ? "done" : "optional";
}

/** The step that comes next: the first one that needs something, and was not skipped; null: none is left. */
export function nextStep(groups: readonly FieldGroup[], skipped: ReadonlySet<string>): Step | null {
  const open = STEPS.filter((step) => !skipped.has(step) && progressOf(step, groups, new Map()) !== "done");
  return open[0] ?? null;
}
