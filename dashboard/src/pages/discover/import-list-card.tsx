import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, RefreshCw, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button, IconButton } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useRunWords } from "../../parts/use-run-words";
import css from "./discover.module.css";
import { STATES, STATE_TONES } from "./entry-states";
import { ImportListForm } from "./import-list-form";
import { sendFile } from "./send-file";

interface ImportListCardProps {
  list: Schema["ImportList"];
  kind: Schema["ImportListKind"] | undefined;
}

/** A list: where it comes from, what became of its books, and how a person reads it again. */
export function ImportListCard({ list, kind }: ImportListCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [asking, setAsking] = useState<"edit" | "delete" | null>(null);
  const [runId, setRunId] = useState<string>();
  const params = { path: { list_id: list.id } };
  const { name } = list;
  const refresh = () => client.invalidateQueries({ queryKey: ["lists"] });
  const sync = useMutation({
    mutationFn: () => ok(api.POST("/api/import-lists/{list_id}/sync", { params })),
    onError: fail,
    onSuccess: (run) => setRunId(run.id),
  });
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE("/api/import-lists/{list_id}", { params })),
    onError: fail,
    onSuccess: () => {
      setAsking(null);
      say({ text: t("discover.listDeleted", { name }) });
      void refresh();
    },
  });
  const counts = list.counts ?? {};
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <li className={css.card}>
      <header>
        <h2 dir="auto">
          <Link to={`/discover/lists/${list.id}`}>{name}</Link>
        </h2>
        {!list.enabled && <Badge>{t("discover.disabled")}</Badge>}
        {list.auto_download && <Badge tone="accent">{t("discover.automatic")}</Badge>}
      </header>
      <p className={css.quiet} dir="auto">
        {[kind?.title ?? list.kind, list.address].filter(Boolean).join(" · ")}
      </p>
      {list.problem && <p className={css.notice}>{list.problem}</p>}
      <p className={css.badges}>
        <Link to={`/discover/lists/${list.id}`}>
          {t("discover.entriesOf", { count: total })}
        </Link>
        {STATES.filter((state) => counts[state]).map((state) => (
          <Link key={state} to={`/discover/lists/${list.id}?state=${state}`} className={css.badgeLink}>
            <Badge tone={STATE_TONES[state]}>
              {t(`discover.entryState.${state}`)} {format.number(counts[state] ?? 0)}
            </Badge>
          </Link>
        ))}
      </p>
      <p className={css.quiet} title={list.read_at ? format.moment(list.read_at) : undefined}>
        {list.read_at ? t("discover.listRead", { when: format.relative(list.read_at) }) : t("discover.listUnread")}
      </p>
      {runId && <SyncProgress runId={runId} name={name} onEnd={() => void refresh()} />}
      <footer>
        <Button icon={<RefreshCw aria-hidden="true" />} disabled={sync.isPending} onClick={() => sync.mutate()}>
          {t("discover.syncNow")}
        </Button>
        {kind?.reads === "file" && <FileUpload list={list} onRead={() => sync.mutate()} />}
        <IconButton label={t("discover.editNamed", { name })} icon={<Pencil />} onClick={() => setAsking("edit")} />
        <IconButton label={t("discover.deleteNamed", { name })} icon={<Trash2 />} onClick={() => setAsking("delete")} />
      </footer>
      {asking === "edit" && <ImportListForm list={list} onClose={() => setAsking(null)} />}
      {asking === "delete" && (
        <Dialog title={t("discover.deleteTitle", { name })} onClose={() => setAsking(null)}>
          <p>{t("discover.deleteText", { count: total })}</p>
          <DialogActions>
            <Button onClick={() => setAsking(null)}>{t("app.cancel")}</Button>
            <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {t("discover.deleteDo")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </li>
  );
}

const ENDED = ["completed", "failed", "cancelled"];
const PROGRESS_EVERY_MS = 2_000;

/** How far the run is that reads a list, and how it ended. */
function SyncProgress({ runId, name, onEnd }: { runId: string; name: string; onEnd: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const run = useQuery({
    queryKey: ["runs", "one", runId],
    queryFn: async ({ signal }) => {
      const answer = await ok(api.GET("/api/scheduler/runs/{run_id}", { params: { path: { run_id: runId } }, signal }));
      if (ENDED.includes(answer.status)) onEnd();
      return answer;
    },
    refetchInterval: ({ state }) => (state.data && ENDED.includes(state.data.status) ? false : PROGRESS_EVERY_MS),
  });
  const { problems } = useRunWords()(run.data ?? {});
  if (!run.data) return null;
  const { status, tally } = run.data;
  const [done, expected] = [tally?.processed ?? 0, tally?.expected ?? null];
  return (
    <div role="status" className={css.sync}>
      <p>
        {t(`discover.run.${status}`)}
        {expected !== null && ` · ${t("discover.runDone", { done: format.number(done), expected: format.number(expected) })}`}
      </p>
      {!ENDED.includes(status) && (
        <progress
          max={expected ?? undefined}
          value={expected === null ? undefined : done}
          aria-label={t("discover.syncOf", { name })}
        />
      )}
      {problems.map((problem) => (
        <p key={problem} className={css.notice}>
          {problem}
        </p>
      ))}
    </div>
  );
}

/** Replaces the entries of a list with those of a file, and then matches the new ones. */
function FileUpload({ list, onRead }: { list: Schema["ImportList"]; onRead: () => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { upload, unreadable, close } = useFileUpload(onRead);
  return (
    <>
      <Button
        icon={<Upload aria-hidden="true" />}
        aria-label={t("discover.uploadNamed", { name: list.name })}
        disabled={upload.isPending}
        onClick={() => input.current?.click()}
      >
        {t("discover.upload")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,text/csv,text/plain"
        aria-label={t("discover.uploadNamed", { name: list.name })}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) upload.mutate({ listId: list.id, file });
          target.value = "";
        }}
      />
      {unreadable.length > 0 && (
        <Dialog title={t("discover.unreadable", { count: unreadable.length })} onClose={close}>
          <ul className={css.lines}>
            {unreadable.map((line) => (
              <li key={line} dir="auto">
                {line}
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

/** Sends a file, says what was read of it, and keeps the lines that could not be read. */
function useFileUpload(onRead: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  const upload = useMutation({
    mutationFn: (sent: { listId: string; file: File }) => sendFile(sent.listId, sent.file),
    onError: fail,
    onSuccess: ({ entries, added, removed, unreadable: lines = [] }) => {
      say({ text: t("discover.fileRead", { count: entries, added, removed }) });
      setUnreadable(lines);
      void client.invalidateQueries({ queryKey: ["lists"] });
      onRead();
    },
  });
  return { upload, unreadable, close: () => setUnreadable([]) };
}
