import { useQuery } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./book.module.css";

export type TimelineOf = { book: string } | { missing: string } | { download: string };

function load(of: TimelineOf, signal: AbortSignal) {
  if ("book" in of) {
    return ok(api.GET("/api/books/{book_id}/timeline", { params: { path: { book_id: of.book } }, signal }));
  }
  if ("missing" in of) {
    const path = { missing_book_id: of.missing };
    return ok(api.GET("/api/books/missing/{missing_book_id}/timeline", { params: { path }, signal }));
  }
  return ok(api.GET("/api/downloads/{download_id}/timeline", { params: { path: { download_id: of.download } }, signal }));
}

/** What happened to a book, the oldest first, and what is planned. */
export function Timeline({ of, title }: { of: TimelineOf; title: string }) {
  const { t } = useTranslation();
  const timeline = useQuery({ queryKey: ["timelines", of], queryFn: ({ signal }) => load(of, signal) });
  const { entries, silent } = timeline.data ?? { entries: [], silent: [] };
  const [past, planned] = [entries.filter((each) => !each.to_come), entries.filter((each) => each.to_come)];
  return (
    <section className={css.section} aria-labelledby="timeline">
      <h2 id="timeline">{title}</h2>
      {!timeline.data && <Waiting query={timeline} />}
      {timeline.data && timeline.error && <Failed part error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {silent.map(({ service, why }) => (
        <p key={service} className={css.silent} title={why}>
          {t("book.timelineSilent", { service })}
        </p>
      ))}
      {timeline.data && entries.length === 0 && <p>{t("book.noTimeline")}</p>}
      <Days entries={past} />
      {planned.length > 0 && (
        <>
          <h3 className={css.planned}>{t("book.planned")}</h3>
          <ol className={css.timeline} data-planned="">
            {planned.map((entry) => (
              <Entry key={`${entry.at} ${entry.kind} ${entry.words}`} entry={entry} withDay />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Days({ entries }: { entries: Schema["TimelineEntry"][] }) {
  const format = useFormat();
  const days = new Map<string, Schema["TimelineEntry"][]>();
  for (const entry of entries) {
    const day = format.date(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, some]) => (
    <div key={day}>
      <h3>{day}</h3>
      <ol className={css.timeline}>
        {some.map((entry, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- entries have no id and are only added at the end
          <Entry key={`${entry.at} ${entry.kind} ${index}`} entry={entry} />
        ))}
      </ol>
    </div>
  ));
}

function Entry({ entry, withDay = false }: { entry: Schema["TimelineEntry"]; withDay?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const details = Object.entries(entry.details ?? {}).filter(([, value]) => value !== null && value !== "");
  return (
    <li>
      <time dateTime={entry.at} title={format.moment(entry.at)}>
        {withDay ? format.relative(entry.at) : format.time(entry.at)}
      </time>
      <div>
        <p dir="auto">{entry.words}</p>
        <p className={css.small}>{entry.service}</p>
        {details.length > 0 && (
          <details>
            <summary>{t("book.details")}</summary>
            <dl className={css.details}>
              {details.map(([name, value]) => (
                <div key={name}>
                  <dt>{name.replaceAll("_", " ")}</dt>
                  <dd dir="auto">{inWords(value)}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

function inWords(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value, null, 1) : String(value);
}
