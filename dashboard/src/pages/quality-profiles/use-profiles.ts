import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { bodyOf, type NewProfile, type Profile } from "./profile-model";

export const profilesQuery = queryOptions({
  queryKey: ["profiles"],
  queryFn: ({ signal }) => ok(api.GET("/api/quality-profiles", { signal })),
});

/** Adds, replaces and deletes profiles, and sets the default one. A toast says what happened, and undoes it. */
export function useProfiles() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const refresh = () => client.invalidateQueries({ queryKey: ["profiles"] });
  const add = (body: NewProfile) => ok(api.POST("/api/quality-profiles", { body }));
  const replace = (id: string, body: NewProfile) =>
    ok(api.PUT("/api/quality-profiles/{profile_id}", { params: { path: { profile_id: id } }, body }));
  const remove = (id: string) => ok(api.DELETE("/api/quality-profiles/{profile_id}", { params: { path: { profile_id: id } } }));
  const makeDefault = (id: string) =>
    ok(api.PUT("/api/quality-profiles/{profile_id}/default", { params: { path: { profile_id: id } } }));
  const undo = useMutation({
    mutationFn: (back: () => Promise<unknown>) => back(),
    onError: fail,
    onSuccess: () => say({ text: t("profiles.undone") }),
    onSettled: refresh,
  });

  const save = useMutation({
    mutationFn: ({ before, body }: { before: Profile | undefined; body: NewProfile }) =>
      before ? replace(before.id, body) : add(body),
    onSuccess: (saved, { before }) => {
      const back = () => (before ? replace(before.id, bodyOf(before)) : remove(saved.id));
      say({ text: t("profiles.saved", { profile: saved.name }), undo: () => undo.mutate(back) });
    },
    onSettled: refresh,
  });
  const drop = useMutation({
    mutationFn: (profile: Profile) => remove(profile.id),
    onError: fail,
    onSuccess: (_none, profile) => {
      say({ text: t("profiles.deleted", { profile: profile.name }), undo: () => undo.mutate(() => add(bodyOf(profile))) });
    },
    onSettled: refresh,
  });
  const choose = useMutation({
    mutationFn: ({ profile }: { profile: Profile; former: Profile | undefined }) => makeDefault(profile.id),
    onError: fail,
    onSuccess: (_chosen, { profile, former }) => {
      const undone = former ? { undo: () => undo.mutate(() => makeDefault(former.id)) } : {};
      say({ text: t("profiles.madeDefault", { profile: profile.name }), ...undone });
    },
    onSettled: refresh,
  });
  return { save, drop, choose };
}
