import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, ok, type Schema } from "../../api/client";
import { problemOf } from "../../api/problem";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { setDrafts } from "./drafts";
import { groupsOf, undoOf, updatesOf, type Drafts, type FieldGroup } from "./settings-model";
import { whenApplied } from "./when-applied";

type Listed = Schema["SettingsOfService"];

const APPLYING_EVERY_MS = 1_000;
const AWAY_EVERY_MS = 5_000;

/** Whether a service builds itself again with new settings. It may not answer meanwhile. */
export const isApplying = ({ settings }: Listed) =>
  settings !== null && settings !== undefined && settings.applied_version < settings.version;

export const settingsQuery = queryOptions({
  queryKey: ["settings", "list"],
  queryFn: ({ signal }) => ok(api.GET("/api/settings", { signal })),
  refetchInterval: ({ state }) => {
    if (state.data?.some(isApplying)) return APPLYING_EVERY_MS;
    return state.data?.some(({ settings }) => !settings) ? AWAY_EVERY_MS : false;
  },
});

/** The settings of all services, by group. A service that does not answer keeps what it said before. */
export function useSettings() {
  const query = useQuery(settingsQuery);
  const groups = useMemo(() => groupsOf(query.data ?? []), [query.data]);
  return { query, groups };
}

interface Saved {
  /** The drafts that bring back the values of before. */
  undo: Drafts;
  saved: Drafts;
  /** How many of the saved settings are secrets, whose former values nobody can bring back. */
  secrets: number;
}

/** Stores drafts. What a service refuses stays a draft, with the fault at its field. */
export function useSaveSettings(groups: readonly FieldGroup[]) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const put = useMutation({
    mutationFn: async (drafts: Drafts): Promise<Saved> => {
      const undo = undoOf(groups, drafts);
      const fields = groups.flatMap((group) => group.fields);
      const secrets = fields.filter(({ name, type, is_set }) => drafts.has(name) && type === "secret" && is_set).length;
      for (const [service, values] of updatesOf(groups, drafts)) await store(client, service, values);
      return { undo, saved: drafts, secrets };
    },
    onSuccess: ({ saved }) => {
      setDrafts([...saved.keys()].map((name) => [name, undefined]));
      void client.invalidateQueries({ queryKey: ["health"] });
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ["settings"] });
      if (problemOf(error).faults.length === 0) fail(error);
    },
  });
  /** Store drafts, with a toast that undoes it. */
  const save = (drafts: Drafts, onSaved?: () => void) =>
    put.mutate(drafts, {
      onSuccess: ({ undo, saved, secrets }) => {
        const hint = secrets > 0 ? t("settings.secretsReplaced", { count: secrets }) : "";
        say({
          text: [t("settings.saved", { count: saved.size }), hint].filter(Boolean).join(" "),
          ...(undo.size > 0 ? { undo: () => put.mutate(undo, { onSuccess: () => say({ text: t("settings.undone") }) }) } : {}),
        });
        onSaved?.();
      },
    });
  return { save, saving: put.isPending, faults: put.error ? problemOf(put.error).faults : [], reset: put.reset };
}

/** Store the values of one service, for the version that is shown. While a service applies what was stored before, the list
 * may lack its settings; then they are asked for, because every other version is refused. */
async function store(client: QueryClient, service: string, values: Record<string, string | number | boolean | null>): Promise<void> {
  const listed = client.getQueryData<Listed[]>(settingsQuery.queryKey);
  const params = { path: { service } };
  const { version } =
    listed?.find((each) => each.service === service)?.settings ??
    (await whenApplied(() => ok(api.GET("/api/settings/{service}", { params }))));
  const stored = await whenApplied(() => ok(api.PUT("/api/settings/{service}", { params, body: { version, values } })));
  client.setQueryData<Listed[]>(settingsQuery.queryKey, (before) =>
    before?.map((each) => (each.service === service ? { service, settings: stored, problem: null } : each)),
  );
}
