import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";

type Decision = "ignored" | "identified";

/** Ignores a gap or counts it again, and offers to undo that. */
export function useGapDecision(missingId: string, title: string) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const put = (status: Decision) =>
    ok(
      api.PUT("/api/books/missing/{missing_book_id}", {
        params: { path: { missing_book_id: missingId } },
        body: { status },
      }),
    );
  return useMutation({
    mutationFn: put,
    onError: fail,
    onSuccess: (_answer, status) => {
      refresh();
      const back = status === "ignored" ? "identified" : "ignored";
      say({
        text: t(status === "ignored" ? "series.ignored" : "series.unignored", { title }),
        undo: () => void put(back).then(refresh, fail),
      });
    },
  });
}

/** Read again what shows gaps. */
export function useRefreshGaps(): () => void {
  const client = useQueryClient();
  return () => {
    for (const subject of ["missing", "series", "downloads", "timelines"]) {
      void client.invalidateQueries({ queryKey: [subject] });
    }
  };
}
