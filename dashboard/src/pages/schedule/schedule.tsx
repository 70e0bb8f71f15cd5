import { useQuery } from "@tanstack/react-query";

import { api, ok } from "../../api/client";
import { Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import { grouped } from "./groups";
import css from "./schedule.module.css";
import { TaskRow } from "./task-row";

/** All tasks by group: when they are due, what their last runs did, and what runs now. */
export function Component() {
  const { t } = useTranslation();
  const tasks = useQuery({
    queryKey: ["runs", "tasks"],
    queryFn: ({ signal }) => ok(api.GET("/api/scheduler/tasks", { signal })),
  });
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={css.page}>
      <title>{`${t("schedule.title")} – Gapless`}</title>
      <header>
        <h1>{t("schedule.title")}</h1>
        <p className={css.quiet}>{t("schedule.text", { zone })}</p>
      </header>
      {tasks.data === undefined && <Waiting query={tasks} />}
      {tasks.data !== undefined && tasks.error && <Failed part error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {grouped(tasks.data ?? []).map(([group, members]) => (
        <section key={group} aria-labelledby={`group-${group}`} className={css.group}>
          <h2 id={`group-${group}`}>{t(`schedule.groups.${group}`)}</h2>
          <ul className={css.tasks}>
            {members.map((task) => (
              <TaskRow key={task.name} task={task} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
