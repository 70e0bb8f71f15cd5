
import type { Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { Progress } from "../../parts/progress";
import { useFormat } from "../../parts/use-format";
import { useTaskName } from "../../parts/use-task-name";
import { useTranslation } from "../../words";
import css from "./schedule.module.css";

type Run = Schema["Run"];

const TONES: Record<Run["status"], Tone> = {
  scheduled: "plain",
  running: "accent",
  completed: "good",
  failed: "bad",
  cancelled: "plain",
};

export const isInProgress = (run: Pick<Run, "status">) => run.status === "scheduled" || run.status === "running";

export function RunBadge({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <>
      <Badge tone={TONES[run.status]}>{t(`schedule.status.${run.status}`)}</Badge>
      {run.dry_run && <Badge>{t("schedule.dryRun")}</Badge>}
    </>
  );
}

/** How much of its work a run has done: as a bar while it is in progress, and in words. */
export function RunTally({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTaskName();
  const { processed = 0, expected = null, failed = 0 } = run.tally ?? {};
  const words = [
    expected === null || !isInProgress(run)
      ? t("schedule.processed", { count: processed })
      : t("schedule.processedOf", { done: format.number(processed), expected: format.number(expected) }),
    failed > 0 ? t("schedule.failures", { count: failed }) : "",
  ].filter(Boolean);
  return (
    <>
      {isInProgress(run) && (
        <Progress label={nameOf(run.task)} share={expected ? Math.min(1, processed / expected) : null} />
      )}
      <span className={css.quiet}>{words.join(", ")}</span>
    </>
  );
}
