import { useMutation, useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Select } from "../../list/list-bar";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import css from "./metadata.module.css";

const MODES = ["FULL", "NEW", "MISSING"] as const;
const ASK_EVERY_MS = 1_500;
const RUNNING: readonly Schema["RunStatus"][] = ["scheduled", "running"];

/** The plan of a dry run, as it is in the details of the run. */
interface Plan {
  counts?: Record<string, number>;
  actions?: { kind: string; what: string; words: string }[];
}

/** A button that opens a preview: what a refresh would change and propose. It changes nothing until a person starts it. */
export function Preview() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Eye aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t("metadata.preview.open")}
      </Button>
      {open && <PreviewDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function PreviewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { say, fail } = useToasts();
  const [mode, setMode] = useState<(typeof MODES)[number]>("FULL");
  const preview = useMutation({
    mutationFn: () => ok(api.POST("/api/metadata/preview", { body: { mode } })),
  });
  const runId = preview.data?.id;
  const run = useQuery({
    queryKey: ["runs", "one", runId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/scheduler/runs/{run_id}", { params: { path: { run_id: runId ?? "" } }, signal })),
    enabled: runId !== undefined,
    refetchInterval: ({ state }) => (state.data && !RUNNING.includes(state.data.status) ? false : ASK_EVERY_MS),
  });
  const refresh = useMutation({
    mutationFn: () => ok(api.POST("/api/metadata/bulk-refresh", { body: { mode } })),
    onError: fail,
    onSuccess: () => {
      say({ text: t("metadata.preview.started") });
      onClose();
    },
  });
  const isRunning = preview.isPending || (runId !== undefined && (!run.data || RUNNING.includes(run.data.status)));
  const plan = planOf(run.data);
  return (
    <Dialog title={t("metadata.preview.title")} onClose={onClose}>
      <p>{t("metadata.preview.text")}</p>
      <Select
        label={t("metadata.preview.books")}
        value={mode}
        options={MODES.map((each) => [each, t(`metadata.preview.mode.${each}`)] as const)}
        onChange={(next) => {
          preview.reset();
          setMode(MODES.find((each) => each === next) ?? "FULL");
        }}
      />
      {preview.error && <Failed part error={preview.error} />}
      {run.error && <Failed part error={run.error} onRetry={() => void run.refetch()} />}
      {isRunning && <Progress tally={run.data?.tally} />}
      {run.data && !isRunning && !plan && <p role="alert">{run.data.problems?.[0] ?? t("metadata.preview.failed")}</p>}
      {plan && <PlanShown plan={plan} problems={run.data?.problems ?? []} />}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        {plan ? (
          <Button look="strong" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
            {t("metadata.preview.do")}
          </Button>
        ) : (
          <Button look="strong" disabled={isRunning} onClick={() => preview.mutate()}>
            {t("metadata.preview.start")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Progress({ tally }: { tally: Schema["RunTally"] | undefined }) {
  const { t } = useTranslation();
  const expected = tally?.expected ?? 0;
  return (
    <div role="status" className={css.running}>
      <progress {...(expected > 0 ? { max: expected, value: tally?.processed ?? 0 } : {})} aria-label={t("metadata.preview.running")} />
      <span>{t("metadata.preview.running")}</span>
    </div>
  );
}

function PlanShown({ plan, problems }: { plan: Plan; problems: readonly string[] }) {
  const { t } = useTranslation();
  const changes = plan.counts?.change_field ?? 0;
  const proposals = plan.counts?.propose_change ?? 0;
  const listed = plan.actions ?? [];
  return (
    <div role="status" className={css.plan}>
      <p>
        <b>
          {t("metadata.preview.changes", { count: changes })}{" "}
          {t("metadata.preview.proposals", { count: proposals })}
        </b>
      </p>
      {problems.map((problem) => (
        <p key={problem} dir="auto" className={css.small}>
          {problem}
        </p>
      ))}
      <ul className={css.reasons}>
        {listed.map((action) => (
          <li key={`${action.kind} ${action.what} ${action.words}`} dir="auto">
            <b>{action.what}</b>: {action.words}
          </li>
        ))}
      </ul>
      {changes + proposals > listed.length && (
        <p className={css.small}>{t("metadata.preview.more", { count: changes + proposals - listed.length })}</p>
      )}
    </div>
  );
}

/** The plan in the details of a finished dry run. */
function planOf(run: Schema["Run"] | undefined): Plan | undefined {
  return run?.status === "completed" ? (run.details as { plan?: Plan } | undefined)?.plan : undefined;
}
