import { useQuery } from "@tanstack/react-query";
import { ClipboardCopy } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./book.module.css";
import { timelineText } from "./timeline-text";

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

interface TimelineProps {
  of: TimelineOf;
  title: string;
  /** The book, for the text to copy. */
  book: string;
  /** One line about the present state. */
  state?: string;
}

/** What comes next for a book, and what happened to it, the oldest first. */
export function Timeline({ of, title, book, state = "" }: TimelineProps) {
  const { t } = useTranslation();
  const timeline = useQuery({ queryKey: ["timelines", of], queryFn: ({ signal }) => load(of, signal) });
  const { entries, silent } = timeline.data ?? { entries: [], silent: [] };
  const [past, planned] = [entries.filter((each) => !each.to_come), entries.filter((each) => each.to_come)];
  return (
    <section className={css.section} aria-labelledby="timeline">
      <div className={css.titled}>
        <h2 id="timeline">{title}</h2>
        {entries.length > 0 && <CopyText entries={entries} title={`${book}: ${title}`} state={state} />}
      </div>
      {state && (
        <p className={css.state} dir="auto">
          {state}
        </p>
      )}
      {!timeline.data && <Waiting query={timeline} />}
      {timeline.data && timeline.error && <Failed part error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {silent.map(({ service, why }) => (
        <p key={service} className={css.silent} title={why}>
          {t("book.timelineSilent", { service })}
        </p>
      ))}
      {timeline.data && entries.length === 0 && <p>{t("book.noTimeline")}</p>}
      {planned.length > 0 && (
        <div>
          <h3>{t("book.planned")}</h3>
          <ol className={css.timeline} data-planned="">
            {planned.map((entry) => (
              <Entry key={`${entry.at} ${entry.kind} ${entry.words}`} entry={entry} withDay />
            ))}
          </ol>
        </div>
      )}
      <Days entries={past} />
    </section>
  );
}

/** Copies the timeline as text that may be shown to others. */
function CopyText({ entries, title, state }: { entries: Schema["TimelineEntry"][]; title: string; state: string }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const { say, fail } = useToasts();
  if (!("clipboard" in navigator)) return null;
  const shown = (entry: Schema["TimelineEntry"]) => ({ ...entry, words: sentence(entry.translatable?.["words"], entry.words) });
  const copy = () =>
    navigator.clipboard
      .writeText(timelineText({ title, state, planned: t("book.planned") }, entries.map(shown), format))
      .then(() => say({ text: t("book.textCopied") }), fail);
  return (
    <Button look="quiet" className={css.noPrint} icon={<ClipboardCopy aria-hidden="true" />} onClick={() => void copy()}>
      {t("book.copyText")}
    </Button>
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
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const details = Object.entries({ ...entry.details, trace_id: entry.trace_id }).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return (
    <li>
      <time dateTime={entry.at} title={format.moment(entry.at)}>
        {withDay ? format.relative(entry.at) : format.time(entry.at)}
      </time>
      <div>
        <p dir="auto">{sentence(entry.translatable?.["words"], entry.words)}</p>
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
