import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useId } from "react";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { Select } from "../../list/list-bar";
import { Button } from "../../parts/button";
import { Loaded } from "../../parts/loaded";
import { Section } from "../../parts/section";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { RunDetails } from "./run-details";
import { isInProgress, RunBadge, RunTally } from "./run-state";
import css from "./schedule.module.css";

type Run = Schema["Run"];

const PAGE = 20;
const STATUSES = ["completed", "failed", "cancelled"] as const;
/** Events tell that a run began and ended. Its figures are read more often while it is shown. */
const PROGRESS_EVERY_MS = 2_000;

interface HistoryProps {
  task: string;
  /** The id of the run whose details are shown, or an empty text. */
  chosen: string;
  onChoose: (id: string) => void;
}

/** The runs of a task, newest first, each with what it did. */
export function History({ task, chosen, onChoose }: HistoryProps) {
  const { t } = useTranslation();
  const address = useListAddress();
  const status = address.filter("status", STATUSES);
  const query = useInfiniteQuery({
    queryKey: ["runs", "history", task, status],
    queryFn: ({ signal, pageParam }) =>
      ok(
        api.GET("/api/scheduler/tasks/{name}/history", {
          params: { path: { name: task }, query: { limit: PAGE, offset: pageParam, ...(status ? { status } : {}) } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + last.items.length < last.total ? last.offset + PAGE : undefined),
  });
  const one = useQuery({
    queryKey: ["runs", "one", chosen],
    queryFn: ({ signal }) => ok(api.GET("/api/scheduler/runs/{run_id}", { params: { path: { run_id: chosen } }, signal })),
    enabled: chosen !== "",
    refetchInterval: ({ state }) => (state.data && isInProgress(state.data) ? PROGRESS_EVERY_MS : false),
  });
  return (
    <Section
      title={t("schedule.history")}
      actions={
        <Select
          label={t("schedule.statusFilter")}
          value={status ?? ""}
          options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`schedule.status.${each}`)] as const)]}
          onChange={(next) => address.set({ status: next })}
        />
      }
    >
      <Loaded query={query} lines={6}>
        {({ pages }) => {
          // A new run moves the others to the next page, so that one may be on two of them.
          const runs = [...new Map(pages.flatMap(({ items }) => items).map((run) => [run.id, run])).values()];
          const shown = one.data && !runs.some(({ id }) => id === chosen) ? [one.data, ...runs] : runs;
          return (
            <>
              {shown.length === 0 && <p className={css.quiet}>{t(status ? "states.emptyFiltered" : "schedule.never")}</p>}
              <ul className={css.runs}>
                {shown.map((run) => {
                  const newest = run.id === chosen && one.data ? one.data : run;
                  return <RunRow key={run.id} run={newest} open={run.id === chosen} onToggle={() => onChoose(run.id === chosen ? "" : run.id)} />;
                })}
              </ul>
              {query.hasNextPage && (
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t("schedule.moreRuns")}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function RunRow({ run, open, onToggle }: { run: Run; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const at = run.started_at ?? run.due_at;
  const seconds = run.started_at && run.ended_at ? (Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000 : null;
  return (
    <li className={css.runRow}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={onToggle}>
        <span className={css.badges}>
          <RunBadge run={run} />
          <time dateTime={at} title={format.relative(at)}>
            {format.moment(at)}
          </time>
          {run.by !== "schedule" && <span className={css.quiet}>{t("schedule.byPerson")}</span>}
        </span>
        <span className={css.tally}>
          <RunTally run={run} />
          {seconds !== null && <span className={css.quiet}>{took(seconds, format.number, format.duration)}</span>}
        </span>
        <ChevronDown aria-hidden="true" />
      </button>
      <div id={id} hidden={!open}>
        {open && <RunDetails run={run} />}
      </div>
    </li>
  );
}

/** A short time in seconds, a long one in minutes. */
function took(seconds: number, number: (value: number) => string, duration: (value: number) => string): string {
  return seconds < 90 ? `${number(Math.round(seconds * 10) / 10)} s` : duration(seconds);
}
