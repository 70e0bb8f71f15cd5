import { useInfiniteQuery } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { SearchField, Select } from "../../list/list-bar";
import { Badge, type Tone } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { LogLevels } from "./log-levels";
import css from "./system.module.css";

const LEVELS = ["info", "warning", "error", "debug"] as const;
const SERVICES = ["gateway", "library-scanner", "mam-search", "downloader", "metadata", "scheduler"] as const;
const TONES: Record<Schema["LogRecord"]["level"], Tone> = { debug: "plain", info: "plain", warning: "gap", error: "bad" };
const READ_AGAIN_MS = 5_000;

/** The latest log records of the services, the newest first. They are read again every few seconds. */
export function Logs() {
  const { t } = useTranslation();
  const address = useListAddress();
  const level = address.oneOf("level", LEVELS);
  const service = address.filter("service", SERVICES);
  const text = address.get("text");
  const book = address.get("book");
  const request = address.get("request");
  const filters = {
    level,
    ...(service ? { service: [service] } : {}),
    ...(text ? { text } : {}),
    ...(book ? { book } : {}),
    ...(request ? { request_id: request } : {}),
  };
  const logs = useInfiniteQuery({
    queryKey: ["logs", filters],
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/api/logs", { params: { query: { ...filters, ...(pageParam ? { before: pageParam } : {}) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => (last.items.length > 0 ? last.items.at(-1)?.at : undefined),
    // Older pages do not change; reading all of them again would be waste.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : READ_AGAIN_MS),
  });
  const records = logs.data?.pages.flatMap(({ items }) => items) ?? [];
  const unavailable = logs.data?.pages.at(-1)?.unavailable ?? [];
  return (
    <Section
      title={t("system.logs.title")}
      text={t("system.logs.text")}
      actions={
        <>
          <SearchField label={t("system.logs.find")} value={text} onChange={(next) => address.set({ text: next })} />
          <SearchField label={t("system.logs.book")} value={book} onChange={(next) => address.set({ book: next })} />
          <SearchField label={t("system.logs.request")} value={request} onChange={(next) => address.set({ request: next })} />
          <Select
            label={t("system.logs.level")}
            value={level}
            options={LEVELS.map((each) => [each, t(`system.logs.from.${each}`)] as const)}
            onChange={(next) => address.set({ level: next })}
          />
          <Select
            label={t("system.services.service")}
            value={service ?? ""}
            options={[["", t("list.any")], ...SERVICES.map((each) => [each, each] as const)]}
            onChange={(next) => address.set({ service: next })}
          />
        </>
      }
    >
      <LogLevels services={SERVICES} />
      {!logs.data && <Waiting query={logs} />}
      {logs.data && logs.error && <Failed part error={logs.error} onRetry={() => void logs.refetch()} />}
      {unavailable.length > 0 && (
        <p className={css.warning}>{t("system.logs.unavailable", { services: unavailable.join(", ") })}</p>
      )}
      {logs.data && records.length === 0 && <p className={css.quiet}>{t("system.logs.none")}</p>}
      <ul className={css.messages}>
        {records.map((record, place) => (
          <LogLine key={`${record.at} ${record.service} ${records.length - place}`} record={record} />
        ))}
      </ul>
      {logs.hasNextPage && (
        <Button disabled={logs.isFetchingNextPage} onClick={() => void logs.fetchNextPage()}>
          {t("system.logs.older")}
        </Button>
      )}
    </Section>
  );
}

function LogLine({ record }: { record: Schema["LogRecord"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = Object.entries(record.fields ?? {});
  return (
    <li>
      <div className={css.line}>
        <Badge tone={TONES[record.level]}>{t(`system.logs.levels.${record.level}`)}</Badge>
        <b dir="auto">{record.event.replaceAll("_", " ")}</b>
        <span className={css.quiet}>{record.service}</span>
        <time className={css.quiet} dateTime={record.at} title={format.moment(record.at)}>
          {format.relative(record.at)}
        </time>
      </div>
      {fields.length > 0 && (
        <details>
          <summary>{t("system.logs.values", { count: fields.length })}</summary>
          <pre className={css.code} dir="auto">
            {fields.map(([name, value]) => `${name}: ${value}`).join("\n")}
          </pre>
        </details>
      )}
    </li>
  );
}
