import { FlaskConical, Play, X } from "lucide-react";
import { Link, useNavigate } from "react-router";

import type { Schema } from "../../api/client";
import { IconButton } from "../../parts/button";
import { Switch } from "../../parts/switch";
import { useFormat } from "../../parts/use-format";
import { useTaskName } from "../../parts/use-task-name";
import { useTranslation } from "../../words";
import { cronInWords } from "./cron-words";
import { needsBooks } from "./groups";
import { isInProgress, RunBadge, RunTally } from "./run-state";
import css from "./schedule.module.css";
import { useTaskActions } from "./use-task-actions";

/** One task: when it is due, what its last run did, and its buttons. */
export function TaskRow({ task }: { task: Schema["Task"] }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const name = useTaskName()(task.name);
  const { run, cancel, change } = useTaskActions((started) => {
    if (started.dry_run) void navigate(`/schedule/${task.name}?run=${started.id}`);
  });
  const last = task.last_run;
  const running = last && isInProgress(last) ? last : null;
  return (
    <li className={css.task}>
      <Switch
        label={t("schedule.enabledNamed", { task: name })}
        on={task.enabled && task.cron !== ""}
        disabled={task.cron === "" || change.isPending}
        onChange={(enabled) => change.mutate({ task, to: { enabled } })}
      />
      <div className={css.what}>
        <Link to={`/schedule/${task.name}`}>{name}</Link>
        <When task={task} language={language} />
      </div>
      <div className={css.next}>
        {task.next_due_at && (
          <time dateTime={task.next_due_at} title={format.moment(task.next_due_at)}>
            {format.relative(task.next_due_at)}
          </time>
        )}
        {!task.next_due_at && task.cron !== "" && <span className={css.quiet}>{t("schedule.off")}</span>}
      </div>
      <div className={css.last}>
        {last ? (
          <>
            <span className={css.badges}>
              <RunBadge run={last} />
              <time className={css.quiet} dateTime={last.ended_at ?? last.due_at} title={format.moment(last.ended_at ?? last.due_at)}>
                {format.relative(last.ended_at ?? last.due_at)}
              </time>
            </span>
            <RunTally run={last} />
          </>
        ) : (
          <span className={css.quiet}>{t("schedule.never")}</span>
        )}
      </div>
      <div className={css.buttons}>
        {running ? (
          <IconButton
            label={t("schedule.cancelNamed", { task: name })}
            icon={<X />}
            disabled={cancel.isPending}
            onClick={() => cancel.mutate(running)}
          />
        ) : (
          !needsBooks(task.name) && (
            <>
              {task.can_dry_run && (
                <IconButton
                  label={t("schedule.dryRunNamed", { task: name })}
                  icon={<FlaskConical />}
                  disabled={run.isPending}
                  onClick={() => run.mutate({ name: task.name, dry_run: true })}
                />
              )}
              <IconButton
                label={t("schedule.runNamed", { task: name })}
                icon={<Play />}
                disabled={run.isPending}
                onClick={() => run.mutate({ name: task.name, dry_run: false })}
              />
            </>
          )
        )}
      </div>
    </li>
  );
}

/** The schedule in words, and the time zone if it is not that of the browser. */
export function When({ task, language }: { task: Pick<Schema["Task"], "cron" | "time_zone">; language: string }) {
  const { t } = useTranslation();
  if (task.cron === "") return <span className={css.quiet}>{t("schedule.onlyByHand")}</span>;
  const words = cronInWords(task.cron, language);
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = task.time_zone && task.time_zone !== own && !task.cron.startsWith("@") ? ` (${task.time_zone})` : "";
  return (
    <span className={css.quiet} title={task.cron}>
      {words === null ? <code>{task.cron}</code> : words + zone}
    </span>
  );
}
