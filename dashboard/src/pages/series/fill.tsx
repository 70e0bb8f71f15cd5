import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { problemOf } from "../../api/problem";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
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
  const client = useQueryClient();
  const { say } = useToasts();
  const fill = useMutation({
    mutationFn: async () => {
      const calls = gaps.map(({ missing_book_id }) => ok(api.POST("/api/downloads", { body: { missing_book_id } })));
      const failed = (await Promise.allSettled(calls)).flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
      return failed as unknown[];
    },
    onSuccess: (failed) => {
      const started = gaps.length - failed.length;
      if (started > 0) say({ text: t("series.filled", { count: started }) });
      if (failed.length > 0) {
        const why = problemOf(failed[0]).message || t("problem.unreachable");
        say({ text: t("series.fillFailed", { count: failed.length, why }), tone: "bad" });
      }
      void client.invalidateQueries({ queryKey: ["series"] });
      void client.invalidateQueries({ queryKey: ["downloads"] });
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
        <Button look="strong" disabled={fill.isPending} onClick={() => fill.mutate()}>
          {t("series.fillStart", { count: gaps.length })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
