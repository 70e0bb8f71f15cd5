import { X } from "lucide-react";

import type { Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Facts } from "../../parts/facts";
import { useFormat } from "../../parts/use-format";
import { useRunWords } from "../../parts/use-run-words";
import { useTranslation } from "../../words";
import { figuresOf, planOf, type Plan } from "./run-figures";
import { isInProgress } from "./run-state";
import css from "./schedule.module.css";
import { useTaskActions } from "./use-task-actions";

const words = (name: string) => name.replaceAll("_", " ");

/** What one run did, or would do: its figures, its plan with the cost, its problems and the end of its log. */
export function RunDetails({ run }: { run: Schema["Run"] }) {
  const { t, ofService } = useTranslation();
  const figureName = (path: readonly string[]) => path.map((name) => ofService(`figures.${name}`, words(name))).join(": ");
  const format = useFormat();
  const { cancel } = useTaskActions();
  const plan = planOf(run.details);
  const figures = figuresOf(run.details);
  const { problems, log, detail } = useRunWords()(run);
  const nothing = !plan && figures.length + problems.length + log.length === 0;
  return (
    <div className={css.details}>
      {isInProgress(run) && (
        <Button icon={<X aria-hidden="true" />} disabled={cancel.isPending} onClick={() => cancel.mutate(run)}>
          {t("schedule.cancel")}
        </Button>
      )}
      {problems.length > 0 && (
        <ul className={css.problems} aria-label={t("schedule.problems")}>
          {problems.map((problem, index) => (
            <li key={index} dir="auto">
              {problem}
            </li>
          ))}
        </ul>
      )}
      {plan && <PlanOfRun plan={plan} done={!isInProgress(run)} />}
      {figures.length > 0 && (
        <Facts
          facts={figures.map(([name, figure]) => [
            figureName(name),
            typeof figure === "number" ? format.number(figure) : detail(name.join("."), figure),
          ])}
        />
      )}
      {log.length > 0 && (
        <textarea readOnly className={css.log} aria-label={t("schedule.log")} rows={Math.min(10, log.length)} value={log.join("\n")} />
      )}
      {nothing && <p className={css.quiet}>{t(isInProgress(run) ? "schedule.notYet" : "schedule.nothing")}</p>}
    </div>
  );
}

/** What a run would do, and what that would cost. */
function PlanOfRun({ plan, done }: { plan: Plan; done: boolean }) {
  const { t, ofService, sentence } = useTranslation();
  const kindName = (kind: string) => ofService(`plans.${kind}`, words(kind));
  const format = useFormat();
  const more = plan.counts.reduce((sum, [, count]) => sum + count, 0) - plan.actions.length;
  return (
    <>
      <Facts
        facts={[
          ...plan.counts.map(([kind, count]) => [kindName(kind), format.number(count)] as const),
          [t("schedule.cost.bytes"), plan.size_bytes > 0 ? format.bytes(plan.size_bytes) : null],
          [t("schedule.cost.slots"), plan.slots > 0 ? format.number(plan.slots) : null],
          [t("schedule.cost.points"), plan.points > 0 ? format.number(plan.points) : null],
        ]}
      />
      {plan.notes.map((note) => (
        <p key={note.words} dir="auto">
          {sentence(note.code, note.words)}
        </p>
      ))}
      {done && plan.counts.length + plan.notes.length === 0 && <p className={css.quiet}>{t("schedule.wouldDoNothing")}</p>}
      {plan.actions.length > 0 && (
        <ul className={css.plan} aria-label={t("schedule.plan")}>
          {plan.actions.map(({ kind, what, words: why, codes }, index) => (
            <li key={index}>
              <span className={css.quiet}>{kindName(kind)}</span>
              <b dir="auto">{sentence(codes["what"], what)}</b>
              {why && (
                <span className={css.quiet} dir="auto">
                  {sentence(codes["words"], why)}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && plan.actions.length > 0 && (
        <p className={css.quiet}>{t("schedule.morePlanned", { count: more })}</p>
      )}
    </>
  );
}
