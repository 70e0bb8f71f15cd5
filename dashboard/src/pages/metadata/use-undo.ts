import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";

/** Read again what shows corrections, proposals, findings and the books that they change. */
export function useRefreshMetadata(): () => void {
  const client = useQueryClient();
  return () => {
    for (const subject of ["proposals", "corrections", "findings", "books", "timelines"]) {
      void client.invalidateQueries({ queryKey: [subject] });
    }
  };
}

/** Undoes corrections: these, or all applied ones that match. Says how many, and which were not. */
export function useUndo() {
  const { t, sentence } = useTranslation();
  const refresh = useRefreshMetadata();
  const { say, fail } = useToasts();
  return useMutation({
    mutationFn: (selection: Schema["CorrectionSelection"]) =>
      ok(api.POST("/api/metadata/corrections/undo", { body: selection })),
    onError: fail,
    onSuccess: ({ undoing, skipped = [], remaining = 0 }) => {
      refresh();
      const [first] = skipped;
      if (undoing > 0) say({ text: t("metadata.corrections.undoing", { count: undoing }) });
      if (first) say({ text: t("metadata.skipped", { count: skipped.length, why: sentence(first.translatable?.["why"], first.why) }), tone: "bad" });
      if (remaining > 0) say({ text: t("metadata.remaining", { count: remaining }) });
    },
  });
}
