import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTaskName } from "../../parts/use-task-name";
import { useTranslation } from "../../words";

type Task = Schema["Task"];
type Change = Pick<Schema["TaskChange"], "cron" | "time_zone" | "enabled" | "parameters">;

/** Runs, cancels and changes tasks. A toast says what happened, and undoes a change. */
export function useTaskActions(onStarted?: (run: Schema["Run"]) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const nameOf = useTaskName();
  const { say, fail } = useToasts();
  const refresh = () => client.invalidateQueries({ queryKey: ["runs"] });

  const run = useMutation({
    mutationFn: ({ name, dry_run }: { name: string; dry_run: boolean }) =>
      ok(api.POST("/api/scheduler/tasks/{name}/run", { params: { path: { name }, query: { dry_run } } })),
    onError: fail,
    onSuccess: (started, { name, dry_run }) => {
      void refresh();
      say({ text: t(dry_run ? "schedule.dryRunStarted" : "schedule.started", { task: nameOf(name) }) });
      onStarted?.(started);
    },
  });
  const cancel = useMutation({
    mutationFn: ({ id }: Pick<Schema["Run"], "id" | "task">) =>
      ok(api.POST("/api/scheduler/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
    onError: fail,
    onSuccess: (_run, { task }) => {
      void refresh();
      say({ text: t("schedule.cancelled", { task: nameOf(task) }) });
    },
  });
  const put = (name: string, change: Change) =>
    ok(api.PUT("/api/scheduler/tasks/{name}", { params: { path: { name } }, body: change }));
  const undo = useMutation({
    mutationFn: ({ name, cron, time_zone, enabled, parameters }: Task) =>
      put(name, { cron, time_zone: time_zone ?? null, enabled, parameters: parameters ?? {} }),
    onError: fail,
    onSuccess: (task) => {
      store(task);
      say({ text: t("schedule.undone", { task: nameOf(task.name) }) });
    },
  });
  const change = useMutation({
    mutationFn: ({ task, to }: { task: Task; to: Change }) => put(task.name, to),
    onError: fail,
    onSuccess: (changed, { task, to }) => {
      store(changed);
      const schedule = to.enabled === undefined ? "changed" : to.enabled ? "enabled" : "disabled";
      const words = to.parameters ? "parametersChanged" : schedule;
      say({ text: t(`schedule.${words}`, { task: nameOf(task.name) }), undo: () => undo.mutate(task) });
    },
  });
  const store = (task: Task) => {
    client.setQueryData<Task[]>(["runs", "tasks"], (all) => all?.map((each) => (each.name === task.name ? task : each)));
    client.setQueryData<Task>(["runs", "task", task.name], task);
    void refresh();
  };
  return { run, cancel, change };
}
