import { useMutation } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useReport } from "./use-deciding";
import { useRefreshMetadata } from "./use-undo";

type Filter = Schema["FindingFilter"];

/** Repairs, ignores and reopens findings, each with a message and an undo. */
export function useFindings() {
  const { t } = useTranslation();
  const refresh = useRefreshMetadata();
  const report = useReport();
  const { say, fail } = useToasts();
  const calls = {
    ignore: (body: Filter) => ok(api.POST("/api/findings/ignore", { body })),
    reopen: (body: Filter) => ok(api.POST("/api/findings/reopen", { body })),
  };
  const back = { ignore: "reopen", reopen: "ignore" } as const;
  const changed = (how: "ignore" | "reopen", { changed: count, ids }: Schema["FindingsDecided"]) => {
    refresh();
    // The answer lists the first ids only, and an undo takes back all or nothing.
    const undo = { undo: () => void calls[back[how]]({ ids }).then(refresh, fail) };
    say({ text: t(`metadata.findings.${how}Done`, { count }), ...(ids.length === count && count > 0 ? undo : {}) });
  };
  const ignore = useMutation({ mutationFn: calls.ignore, onError: fail, onSuccess: (done) => changed("ignore", done) });
  const reopen = useMutation({ mutationFn: calls.reopen, onError: fail, onSuccess: (done) => changed("reopen", done) });
  const repair = useMutation({
    mutationFn: (id: string) =>
      ok(api.POST("/api/findings/{finding_id}/accept", { params: { path: { finding_id: id } } })),
    onError: fail,
    onSuccess: report,
  });
  return { ignore, reopen, repair, isPending: ignore.isPending || reopen.isPending || repair.isPending };
}
