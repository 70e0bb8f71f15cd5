import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Loaded } from "../../parts/loaded";
import { Progress } from "../../parts/progress";
import { useFormat } from "../../parts/use-format";
import { useTaskName } from "../../parts/use-task-name";
import { useTranslation } from "../../words";
import { tasks } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";
import { next, running } from "./task-order";

const NEXT = 5;

/** The tasks that run now, with their progress, and those that are due next. */
export function Tasks() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTaskName();
  const query = useQuery(tasks);
  return (
    <Panel title={t("home.tasks")} more={<Link to="/schedule">{t("home.schedule")}</Link>}>
      <Loaded query={query} lines={5}>
        {(all) => {
          const [now, soon] = [running(all), next(all, NEXT)];
          return (
            <>
              {now.length + soon.length === 0 && <p className={css.quiet}>{t("home.tasksNone")}</p>}
              <ul className={css.lines}>
                {now.map(({ name, last_run }) => (
                  <li key={name} className={css.run}>
                    <span className={css.name}>{nameOf(name)}</span>
                    {last_run && <RunProgress label={nameOf(name)} run={last_run} />}
                  </li>
                ))}
                {soon.map(({ name, next_due_at }) => (
                  <li key={name} className={css.run}>
                    <span className={css.name}>{nameOf(name)}</span>
                    {next_due_at && (
                      <time className={css.quiet} dateTime={next_due_at} title={format.moment(next_due_at)}>
                        {format.relative(next_due_at)}
                      </time>
                    )}
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function RunProgress({ label, run }: { label: string; run: Schema["Run"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const done = run.tally?.processed ?? 0;
  const expected = run.tally?.expected ?? null;
  return (
    <>
      <span className={css.quiet}>
        {expected === null
          ? t("home.doneSoFar", { done: format.number(done) })
          : t("home.done", { done: format.number(done), expected: format.number(expected) })}
      </span>
      <Progress label={label} share={expected ? Math.min(1, done / expected) : null} />
    </>
  );
}
