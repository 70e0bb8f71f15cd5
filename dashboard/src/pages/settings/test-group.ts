import { api, ok, type Schema } from "../../api/client";
import type { Drafts, FieldGroup } from "./settings-model";
import { whenApplied } from "./when-applied";

/** Test the values of a group, with drafts in the place of what is stored. Nothing is stored. */
export function testGroup(group: FieldGroup, drafts: Drafts): Promise<Schema["SettingsTest"]> {
  const changed = group.fields.filter(({ name, changeable }) => changeable && drafts.has(name));
  const values = Object.fromEntries(changed.map(({ name }) => [name, drafts.get(name) ?? null]));
  return whenApplied(() =>
    ok(
      api.POST("/api/settings/{service}/test", {
        params: { path: { service: group.service } },
        body: { group: group.name, values },
      }),
    ),
  );
}
