import { useMutation, useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Select } from "../../list/list-bar";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useRunWords } from "../../parts/use-run-words";
import { useTranslation } from "../../words";
import css from "./metadata.module.css";
import { booksOf, planOf, type Plan } from "./plan";

const MODES = ["FULL", "NEW", "MISSING"] as const;
const ASK_EVERY_MS = 1_500;
const RUNNING: readonly Schema["RunStatus"][] = ["scheduled", "running"];

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
  const navigate = useNavigate();
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
  const plan = planOf(run.data);
  const { problems } = useRunWords()(run.data ?? {});
  const books = booksOf(plan?.actions ?? []);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = books.map(({ id }) => id).filter((id) => !left.has(id));
  const isPart = chosen.length < books.length;
  const refresh = useMutation({
    mutationFn: () => ok(api.POST("/api/metadata/bulk-refresh", { body: { mode, ...(isPart ? { books: chosen } : {}) } })),
    onError: fail,
    onSuccess: (started) => {
      say({ text: t("metadata.preview.started") });
      onClose();
      // There each change appears when it is made, and all of them can be undone.
      void navigate(`/metadata/corrections?run=${started.id}`);
    },
  });
  const isRunning = preview.isPending || (runId !== undefined && (!run.data || RUNNING.includes(run.data.status)));
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
          setLeft(new Set());
        }}
      />
      {preview.error && <Failed part error={preview.error} />}
      {run.error && <Failed part error={run.error} onRetry={() => void run.refetch()} />}
      {isRunning && <Progress tally={run.data?.tally} />}
      {run.data && !isRunning && !plan && <p role="alert">{problems[0] ?? t("metadata.preview.failed")}</p>}
      {plan && (
        <PlanShown
          plan={plan}
          problems={problems}
          left={left}
          onToggle={(id) => setLeft((before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]))}
        />
      )}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        {plan ? (
          <Button look="strong" disabled={refresh.isPending || (isPart && chosen.length === 0)} onClick={() => refresh.mutate()}>
            {isPart
              ? t("metadata.preview.doPart", { count: chosen.length })
              : t("metadata.preview.do")}
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

interface PlanShownProps {
  plan: Plan;
  problems: readonly string[];
  /** The books that a person leaves out. */
  left: ReadonlySet<string>;
  onToggle: (bookId: string) => void;
}

function PlanShown({ plan, problems, left, onToggle }: PlanShownProps) {
  const { t, sentence } = useTranslation();
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
      <ul className={css.books}>
        {booksOf(listed).map(({ id, actions }) => (
          <li key={id}>
            <label className={css.planned}>
              <input type="checkbox" checked={!left.has(id)} onChange={() => onToggle(id)} />
              <span className={css.plannedWords}>
                {actions.map((action) => (
                  <span key={`${action.kind} ${action.what} ${action.words}`} dir="auto">
                    <b>{sentence(action.translatable?.["what"], action.what)}</b>:{" "}
                    {sentence(action.translatable?.["words"], action.words)}
                  </span>
                ))}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {changes + proposals > listed.length && (
        <p className={css.small}>{t("metadata.preview.more", { count: changes + proposals - listed.length })}</p>
      )}
    </div>
  );
}

