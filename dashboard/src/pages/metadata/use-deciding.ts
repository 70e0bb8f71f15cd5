import { useMutation } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useRefreshMetadata, useUndo } from "./use-undo";

/** The most corrections that one answer lists, and so the most that an undo takes back. */
const LISTED_AT_MOST = 500;

type Decided = Schema["ProposalsDecided"];

/** Accepts, declines or reopens proposals, and says how many were decided. Accepting and declining can be undone. */
export function useDeciding() {
  const { t, sentence } = useTranslation();
  const refresh = useRefreshMetadata();
  const report = useReport();
  const { say, fail } = useToasts();
  const accept = useMutation({
    mutationFn: (body: Schema["ProposalSelection"]) => ok(api.POST("/api/metadata/proposals/accept", { body })),
    onError: fail,
    onSuccess: report,
  });
  const reopen = useMutation({
    mutationFn: (body: Schema["ProposalSelection"]) => ok(api.POST("/api/metadata/proposals/reopen", { body })),
    onError: fail,
    onSuccess: ({ decided, skipped_items: skipped = [] }) => {
      refresh();
      if (decided > 0) say({ text: t("metadata.proposals.reopened", { count: decided }) });
      const [first] = skipped;
      if (first) say({ text: t("metadata.skipped", { count: skipped.length, why: sentence(first.translatable?.["why"], first.why) }), tone: "bad" });
    },
  });
  const decline = useMutation({
    mutationFn: (body: Schema["ProposalSelection"]) => ok(api.POST("/api/metadata/proposals/decline", { body })),
    onError: fail,
    onSuccess: ({ decided, proposal_ids: ids = [] }) => {
      refresh();
      const undone = ids.length > 0 && decided <= LISTED_AT_MOST ? { undo: () => reopen.mutate({ ids }) } : {};
      say({ text: t("metadata.proposals.declined", { count: decided }), ...undone });
    },
  });
  return { accept, decline, reopen, isPending: accept.isPending || decline.isPending || reopen.isPending };
}

/** Says what became of accepted proposals, and offers to undo that. */
export function useReport(): (decided: Decided) => void {
  const { t, sentence } = useTranslation();
  const refresh = useRefreshMetadata();
  const { say } = useToasts();
  const undo = useUndo();
  return ({ decided, correction_ids: ids = [], skipped_items: skipped = [], remaining = 0 }) => {
    refresh();
    const [first] = skipped;
    if (decided > 0) {
      const undone = decided <= LISTED_AT_MOST ? { undo: () => undo.mutate({ ids }) } : {};
      say({ text: t("metadata.proposals.accepted", { count: decided }), ...undone });
    }
    if (first) say({ text: t("metadata.skipped", { count: skipped.length, why: sentence(first.translatable?.["why"], first.why) }), tone: "bad" });
    if (remaining > 0) say({ text: t("metadata.remaining", { count: remaining }) });
  };
}
