import { useMutation } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { problemOf } from "../../api/problem";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useProblemWords } from "../../parts/problem-words";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useRefreshGaps } from "../book/use-gap-decision";
import css from "./board.module.css";
import type { fillable } from "./works";

interface FillProps {
  series: string;
  gaps: ReturnType<typeof fillable>;
  onClose: () => void;
}

/** Says which books are searched, and then searches exactly these. */
export function Fill({ series, gaps, onClose }: FillProps) {
  const { t } = useTranslation();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const problemWords = useProblemWords();
  const search = useMutation({
    mutationFn: async () => {
      const calls = gaps.map(({ missing_book_id }) => ok(api.POST("/api/downloads", { body: { missing_book_id } })));
      const ended = await Promise.allSettled(calls);
      return {
        started: ended.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : [])),
        failed: ended.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : [])),
      };
    },
    onSuccess: ({ started, failed }) => {
      if (started.length > 0) {
        say({ text: t("series.filled", { count: started.length }), undo: () => void cancel(started).then(refresh, fail) });
      }
      if (failed.length > 0) {
        const { title, why: detail } = problemWords(problemOf(failed[0]));
        const why = [title, detail].filter(Boolean).join(": ");
        say({ text: t("series.fillFailed", { count: failed.length, why }), tone: "bad" });
      }
      refresh();
      onClose();
    },
  });
  return (
    <Dialog title={t("series.fillTitle", { series })} onClose={onClose}>
      <p>{t("series.fillText", { count: gaps.length })}</p>
      <ol className={css.gaps}>
        {gaps.map((gap) => (
          <li key={gap.id}>
            <span>{gap.place ?? "·"}</span>
            <span dir="auto">{gap.title}</span>
          </li>
        ))}
      </ol>
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look="strong" disabled={search.isPending} onClick={() => search.mutate()}>
          {t("series.fillStart", { count: gaps.length })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Cancel the downloads that a fill started. Throws the first failure after all were tried. */
async function cancel(ids: readonly string[]): Promise<void> {
  const calls = ids.map((download_id) =>
    ok(api.POST("/api/downloads/{download_id}/cancel", { params: { path: { download_id } } })),
  );
  const failed = (await Promise.allSettled(calls)).find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}
