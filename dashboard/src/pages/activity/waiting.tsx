import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./activity.module.css";

/** More imports are listed only on demand, so that the list of downloads stays in sight. */
const SHOWN_AT_FIRST = 5;
const SHOWN_AT_MOST = 500;

/**
 * The imports that need a decision, with what can be decided. Nothing is shown if there are none.
 * With `downloadId`, only that of this download.
 */
export function WaitingImports({ downloadId }: { downloadId?: string }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(downloadId !== undefined);
  const limit = all ? SHOWN_AT_MOST : SHOWN_AT_FIRST;
  const waiting = useQuery({
    queryKey: ["imports", "waiting", limit],
    queryFn: ({ signal }) => ok(api.GET("/api/imports/waiting", { params: { query: { limit } }, signal })),
    placeholderData: (before) => before,
  });
  if (waiting.error) return <Failed part error={waiting.error} onRetry={() => void waiting.refetch()} />;
  const items = (waiting.data?.items ?? []).filter((each) => downloadId === undefined || each.download_id === downloadId);
  if (items.length === 0) return null;
  const total = downloadId === undefined ? (waiting.data?.total ?? 0) : items.length;
  return (
    <section className={css.decide} aria-labelledby="decide">
      <h2 id="decide">{t("activity.decide")}</h2>
      <p>{t("activity.decideText", { count: total })}</p>
      <ul>
        {items.map((each) => (
          <WaitingImport key={each.id} waiting={each} linked={downloadId === undefined} />
        ))}
      </ul>
      {total > items.length && !all && (
        <p>
          <Button onClick={() => setAll(true)}>{t("activity.decideAll", { count: total })}</Button>
        </p>
      )}
    </section>
  );
}

function WaitingImport({ waiting, linked }: { waiting: Schema["WaitingImport"]; linked: boolean }) {
  const { t, ofService, sentence } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const decide = useMutation({
    mutationFn: (choice: string) =>
      ok(
        api.POST("/api/imports/waiting/{waiting_id}/decide", {
          params: { path: { waiting_id: waiting.id } },
          body: { choice },
        }),
      ),
    onError: fail,
    onSuccess: ({ answer }) => {
      const words = ofService(`choices.${answer}`, waiting.choices.find(({ key }) => key === answer)?.words ?? "");
      say({ text: t("activity.decided", { title: waiting.title, words }) });
      for (const subject of ["imports", "downloads", "timelines"]) {
        void client.invalidateQueries({ queryKey: [subject] });
      }
    },
  });
  const { title, authors = [], path, download_id: downloadId, asked_at: askedAt } = waiting;
  return (
    <li>
      <div className={css.asked}>
        <h3 dir="auto">{linked && downloadId ? <Link to={`/activity/${downloadId}`}>{title}</Link> : title}</h3>
        <p className={css.words}>
          <Badge tone="gap">{t(`activity.kind.${waiting.kind}`)}</Badge>{" "}
          <span dir="auto" title={format.moment(askedAt)}>
            {[authors.join(", "), path, format.relative(askedAt)].filter(Boolean).join(" · ")}
          </span>
        </p>
        {waiting.reasons.map((reason, index) => (
          <p key={reason} dir="auto">
            {sentence(waiting.translatable?.[`reasons.${index}`], reason)}
          </p>
        ))}
      </div>
      <div className={css.choices} role="group" aria-label={t("activity.decideAbout", { title })}>
        {waiting.choices.map(({ key, words }) => (
          <Button key={key} disabled={decide.isPending} onClick={() => decide.mutate(key)}>
            {ofService(`choices.${key}`, words)}
          </Button>
        ))}
      </div>
    </li>
  );
}
