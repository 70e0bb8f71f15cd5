import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { blocked, unblocked, type Judged } from "./judged";

/** Blocks a release without grabbing it, and offers to undo that. `change` shows the release with its new verdict. */
export function useBlocking(change: (judged: Judged) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const refresh = () => void client.invalidateQueries({ queryKey: ["downloads"] });
  const remove = async (judged: Judged, id: string) => {
    await ok(api.DELETE("/api/blocklist/{blocked_id}", { params: { path: { blocked_id: id } } }));
    change(unblocked(judged));
    refresh();
  };
  const block = useMutation({
    mutationFn: ({ release }: Judged) =>
      ok(
        api.POST("/api/blocklist", { body: { indexer: release.indexer, release_id: release.id, title: release.title } }),
      ),
    onError: fail,
    onSuccess: (entry, judged) => {
      change(blocked(judged, entry.reason, entry.translatable?.["reason"]));
      refresh();
      say({
        text: t("releases.blockedToast", { title: judged.release.title }),
        undo: () => void remove(judged, entry.id).catch(fail),
      });
    },
  });
  const unblock = useMutation({
    mutationFn: async (judged: Judged) => {
      const { indexer, id, title } = judged.release;
      // Blocking a blocked release changes nothing and answers its entry.
      const entry = await ok(api.POST("/api/blocklist", { body: { indexer, release_id: id, title } }));
      await remove(judged, entry.id);
      return entry;
    },
    onError: fail,
    onSuccess: (_entry, judged) =>
      say({
        text: t("releases.unblockedToast", { title: judged.release.title }),
        undo: () => block.mutate(unblocked(judged)),
      }),
  });
  return { block: block.mutate, unblock: unblock.mutate, isPending: block.isPending || unblock.isPending };
}
