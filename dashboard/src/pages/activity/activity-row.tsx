import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import type { Selection } from "../../list/selection";
import { SelectCell } from "../../list/selection-bar";
import { useTransfer } from "../../live/transfers";
import { Button, IconButton } from "../../parts/button";
import { Cover } from "../../parts/cover";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Progress } from "../../parts/progress";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import css from "./activity.module.css";
import { useDownloadWords } from "./download-words";
import { mayCancel, mayRetry, progressOf, STAGES } from "./stages";

type Download = Schema["Download"];

export const TEMPLATE = "1.1rem minmax(13rem, 2.2fr) 12rem 9rem minmax(12rem, 2.4fr) 7.5rem 5rem";
const PROGRESS_EVERY_MS = 4_000;

interface ActivityRowProps {
  download: Download | undefined;
  index: number;
  current: boolean;
  selection: Selection;
}

/** A download: its stage, how fast it is, what it waits for. */
export function ActivityRow({ download, index, current, selection }: ActivityRowProps) {
  const format = useFormat();
  if (!download) return <RowSkeleton />;
  const authors = download.authors ?? [];
  return (
    <>
      <SelectCell index={index} id={download.id} title={download.title} current={current} selection={selection} />
      <div role="gridcell" className={page.titled}>
        <Cover title={download.title} authors={authors} size="small" />
        <div className={page.stack}>
          <Link to={`/activity/${download.id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
            {download.title}
          </Link>
          <span className={page.quiet} dir="auto" title={download.release_title ?? undefined}>
            {download.release_title ?? authors.join(", ")}
          </span>
        </div>
      </div>
      <div role="gridcell" className={css.stage}>
        <Stages download={download} />
      </div>
      <div role="gridcell" className={page.wide}>
        {download.status === "downloading" && <Transfer download={download} />}
      </div>
      <div role="gridcell" className={css.waits} dir="auto">
        <Happens download={download} reachable={current} />
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={format.moment(download.updated_at)}>
        {format.relative(download.updated_at)}
      </div>
      <div role="gridcell" className={page.actions}>
        <Actions download={download} reachable={current} />
      </div>
    </>
  );
}

/** The five stages as a line of dots, and the present one in words. */
function Stages({ download }: { download: Download }) {
  const { t } = useTranslation();
  const { stage, state } = progressOf(download);
  const at = STAGES.indexOf(stage);
  return (
    <>
      <span className={css.dots} data-state={state} aria-hidden="true">
        {STAGES.map((each, index) => (
          <i key={each} data-reached={index < at || state === "done" || undefined} data-at={index === at || undefined} />
        ))}
      </span>
      <span className={css.words}>
        {t(`activity.status.${download.status}`)}
        <span className="visually-hidden">
          {`. ${t("activity.stageOf", { stage: t(`activity.stages.${stage}`), step: at + 1 })}`}
        </span>
      </span>
    </>
  );
}

/** How much is downloaded, how fast, and how long it still takes, as the client says. */
function Transfer({ download }: { download: Download }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { figures, silent } = useTransfer(download.id);
  const progress = useQuery({
    queryKey: ["downloads", "transfers"],
    queryFn: ({ signal }) => ok(api.GET("/api/downloads/transfers", { signal })),
    select: ({ items }) => items.find((each) => each.id === download.id),
    refetchInterval: PROGRESS_EVERY_MS,
    enabled: silent,
  });
  const now = figures ?? (silent ? progress.data : undefined);
  const share = now?.progress ?? download.progress ?? 0;
  const speed = now?.speed_bytes_per_second;
  const left = now?.eta_seconds;
  return (
    <>
      <Progress label={t("activity.columns.progress")} share={share} />
      <span className={page.quiet}>
        {[
          format.percent(share),
          speed ? t("activity.speed", { speed: format.bytes(speed) }) : "",
          left ? t("activity.left", { time: format.duration(left) }) : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
}

/** What a download waits for, why it failed, and when it is tried again. */
function Happens({ download, reachable }: { download: Download; reachable: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { waiting, error } = useDownloadWords()(download);
  const words = waiting || (download.status === "imported" ? download.library_path : error);
  const retry =
    download.next_retry_at && download.status === "failed"
      ? t("activity.retryAt", {
          when: format.relative(download.next_retry_at),
          done: download.retry_count ?? 0,
          most: download.max_retries ?? 0,
        })
      : "";
  return (
    <>
      {words && (
        <span className={css.reason} title={words}>
          {words}
        </span>
      )}
      {retry && <span className={page.quiet}>{retry}</span>}
      {waiting && download.status === "queued" && (
        <Link to={`/activity/${download.id}/releases`} tabIndex={reachable ? 0 : -1}>
          {t("activity.choose")}
        </Link>
      )}
    </>
  );
}

function Actions({ download, reachable }: { download: Download; reachable: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [asking, setAsking] = useState(false);
  const params = { path: { download_id: download.id } };
  const { title } = download;
  const refresh = () => void client.invalidateQueries({ queryKey: ["downloads"] });
  const retry = useMutation({
    mutationFn: () => ok(api.POST("/api/downloads/{download_id}/retry", { params })),
    onError: fail,
    onSuccess: () => {
      refresh();
      say({ text: t("activity.retried", { title }) });
    },
  });
  const cancel = useMutation({
    mutationFn: () => ok(api.POST("/api/downloads/{download_id}/cancel", { params })),
    onError: fail,
    onSuccess: () => {
      refresh();
      say({ text: t("activity.cancelled", { title }), undo: () => retry.mutate() });
    },
    onSettled: () => setAsking(false),
  });
  const tabIndex = reachable ? 0 : -1;
  return (
    <>
      {mayRetry(download.status) && (
        <IconButton
          label={t("activity.retryNamed", { title })}
          icon={<RotateCcw />}
          tabIndex={tabIndex}
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        />
      )}
      {mayCancel(download.status) && (
        <IconButton
          label={t("activity.cancelNamed", { title })}
          icon={<X />}
          tabIndex={tabIndex}
          onClick={() => setAsking(true)}
        />
      )}
      {asking && (
        <Dialog title={t("activity.cancelTitle")} onClose={() => setAsking(false)}>
          <p dir="auto">{t("activity.cancelText", { title })}</p>
          <DialogActions>
            <Button onClick={() => setAsking(false)}>{t("activity.cancelKeep")}</Button>
            <Button look="danger" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("activity.cancelDo")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
