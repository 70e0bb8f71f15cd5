import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Play } from "lucide-react";
import { useParams } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { BackButton } from "../../parts/back-button";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { Switch } from "../../parts/switch";
import { useTaskMeaning, useTaskName } from "../../parts/use-task-name";
import { useTranslation } from "../../words";
import { needsBooks } from "./groups";
import { History } from "./history";
import { ParametersForm } from "./parameters-form";
import { isInProgress } from "./run-state";
import css from "./schedule.module.css";
import { ScheduleForm } from "./schedule-form";
import { When } from "./task-row";
import { useTaskActions } from "./use-task-actions";

/** One task: its schedule, a run or a dry run now, and what its runs did. */
export function Component() {
  const { name = "" } = useParams();
  const client = useQueryClient();
  const listed = client.getQueryData<Schema["Task"][]>(["runs", "tasks"])?.find((task) => task.name === name);
  const query = useQuery({
    queryKey: ["runs", "task", name],
    queryFn: ({ signal }) => ok(api.GET("/api/scheduler/tasks/{name}", { params: { path: { name } }, signal })),
    ...(listed ? { placeholderData: listed } : {}),
  });
  if (!query.data) return <Waiting query={query} />;
  return (
    <>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <Task key={name} task={query.data} />
    </>
  );
}

function Task({ task }: { task: Schema["Task"] }) {
  const { t, language } = useTranslation();
  const name = useTaskName()(task.name);
  const meaning = useTaskMeaning()(task);
  const address = useListAddress();
  const { run, cancel, change } = useTaskActions((started) => address.set({ run: started.id }));
  const running = task.last_run && isInProgress(task.last_run) ? task.last_run : null;
  const start = (dry_run: boolean) => run.mutate({ name: task.name, dry_run });
  return (
    <article className={css.page}>
      <title>{`${name} – Gapless`}</title>
      <header className={css.head}>
        <BackButton list="/schedule" />
        <h1>{name}</h1>
        <p>{meaning}</p>
        <p className={css.switched}>
          <Switch
            label={t("schedule.enabledNamed", { task: name })}
            on={task.enabled && task.cron !== ""}
            disabled={task.cron === "" || change.isPending}
            onChange={(enabled) => change.mutate({ task, to: { enabled } })}
          />
          <When task={task} language={language} />
        </p>
        {needsBooks(task.name) ? (
          <p className={css.quiet}>{t("schedule.needsBook")}</p>
        ) : (
          <div className={css.actions}>
            {running ? (
              <Button look="danger" disabled={cancel.isPending} onClick={() => cancel.mutate(running)}>
                {t("schedule.cancel")}
              </Button>
            ) : (
              <>
                <Button look="strong" icon={<Play aria-hidden="true" />} disabled={run.isPending} onClick={() => start(false)}>
                  {t("schedule.run")}
                </Button>
                {task.can_dry_run && (
                  <Button icon={<FlaskConical aria-hidden="true" />} disabled={run.isPending} onClick={() => start(true)}>
                    {t("schedule.dryRunDo")}
                  </Button>
                )}
              </>
            )}
          </div>
        )}
      </header>
      <div className={css.columns}>
        <Section title={t("schedule.when")}>
          <ScheduleForm
            key={`${task.cron} ${task.time_zone}`}
            task={task}
            saving={change.isPending}
            onSave={(cron, time_zone) => change.mutate({ task, to: { cron, time_zone } })}
          />
          <ParametersForm
            key={JSON.stringify(task.parameters)}
            parameters={task.parameters ?? {}}
            saving={change.isPending}
            onSave={(parameters) => change.mutate({ task, to: { parameters } })}
          />
        </Section>
        <History task={task.name} chosen={address.get("run")} onChoose={(id) => address.set({ run: id })} />
      </div>
    </article>
  );
}
