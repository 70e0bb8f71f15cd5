import { useQuery } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { Bars } from "../../parts/bars";
import { Figures } from "../../parts/figures";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import type { Format } from "../../words/format";
import page from "../page.module.css";
import { countsOf, numberOf } from "./figures-of";
import { GrowthCharts } from "./growth";
import css from "./statistics.module.css";

type Report = Schema["StatisticsReport"];

const LIBRARY = "library-scanner";
/** What is counted by kind: the name on the page, the service, and the name of its figure. */
const COUNTS = [
  ["formats", LIBRARY, "books_by_format"],
  ["languages", LIBRARY, "books_by_language"],
  ["missing", LIBRARY, "missing_by_reason"],
  ["sources", "downloader", "downloads_by_source"],
  ["downloads", "downloader", "downloads_by_status"],
  ["corrections", "metadata", "corrections_by_source"],
  ["fields", "metadata", "corrections_by_field"],
] as const;

/** What the library consists of, how it grows, and how complete it is. */
export function Component() {
  const { t } = useTranslation();
  const report = useQuery({
    queryKey: ["books", "statistics"],
    queryFn: ({ signal }) => ok(api.GET("/api/system/statistics", { signal })),
  });
  return (
    <div className={page.page}>
      <h1 className={page.title}>{t("statistics.title")}</h1>
      <div className={css.content}>
        {report.error !== null && report.data && <Failed part error={report.error} onRetry={() => void report.refetch()} />}
        {report.data?.silent.map(({ service, why }) => (
          <p key={service} role="status" className={css.silent}>
            {t("statistics.silent", { service, why })}
          </p>
        ))}
        {report.data ? <Totals report={report.data} /> : <Waiting query={report} />}
        <GrowthCharts />
        <div className={css.panels}>
          <Quality />
          {report.data && COUNTS.map(([name, service, figure]) => (
            <Counts key={name} name={name} counts={countsOf(report.data, service, figure)} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Totals({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const value = (service: string, name: string, words: (value: number) => string = format.number) => {
    const number = numberOf(report, service, name);
    return number === null ? "–" : words(number);
  };
  return (
    <Figures
      figures={[
        { name: t("statistics.totals.books"), value: value(LIBRARY, "books") },
        {
          name: t("statistics.totals.hours"),
          value: value(LIBRARY, "duration_seconds", (seconds) => format.number(Math.round(seconds / 3600))),
        },
        { name: t("statistics.totals.size"), value: value(LIBRARY, "size_bytes", format.bytes) },
        { name: t("statistics.totals.authors"), value: value(LIBRARY, "authors") },
        { name: t("statistics.totals.series"), value: value(LIBRARY, "series") },
        { name: t("statistics.totals.imported"), value: value("downloader", "imported_bytes", format.bytes) },
        { name: t("statistics.totals.corrections"), value: value("metadata", "corrections") },
      ]}
    />
  );
}

/** How many books have a value in each field. */
function Quality() {
  const { t } = useTranslation();
  const format = useFormat();
  const quality = useQuery({
    queryKey: ["books", "quality"],
    queryFn: ({ signal }) => ok(api.GET("/api/system/data-quality", { signal })),
  });
  if (quality.error) return <Failed part error={quality.error} onRetry={() => void quality.refetch()} />;
  if (!quality.data) return <Waiting query={quality} />;
  const { books, complete, fields } = quality.data;
  return (
    <Section
      title={t("statistics.completeness")}
      text={t("statistics.complete", { complete: format.number(complete), count: books })}
    >
      <Bars
        most={100}
        bars={fields.map(({ field, percent }) => ({
          key: field,
          name: t(`book.names.${field}`),
          value: percent,
          words: format.percent(percent / 100),
        }))}
      />
    </Section>
  );
}

function Counts({ name, counts }: { name: (typeof COUNTS)[number][0]; counts: readonly [string, number][] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (counts.length === 0) return null;
  return (
    <Section title={t(`statistics.by.${name}`)}>
      <Bars bars={counts.map(([key, value]) => ({ key, name: wordsOf(name, key, t, format), value, words: format.number(value) }))} />
    </Section>
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

/** The words of what is counted, where it is not a name. */
function wordsOf(name: (typeof COUNTS)[number][0], key: string, t: Translate, format: Format): string {
  if (key === "unknown") return t("statistics.unknown");
  if (name === "languages") return format.language(key);
  if (name === "missing") return t(`wanted.reason.${key}` as "wanted.reason.list");
  if (name === "downloads") return t(`activity.status.${key}` as "activity.status.queued");
  if (name === "sources" || name === "corrections") {
    return key === "MANUAL" || key === "TEXTS" ? t(`book.from.${key}`) : systemName(key);
  }
  if (name === "fields") return t(`book.names.${key}` as "book.names.title");
  return key;
}
