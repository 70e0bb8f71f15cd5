import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Select } from "../../list/list-bar";
import { Button } from "../../parts/button";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./system.module.css";

const LEVELS = ["debug", "info", "warning", "error"] as const;
const MINUTES = [60, 240, 1440] as const;
const KEY = ["logs", "levels"];

type Level = Schema["LogLevel"];
type State = Schema["LogLevelState"];

/** What each service logs, and how to change it without a restart: for some time, or until the service restarts. */
export function LogLevels({ services }: { services: readonly string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [service, setService] = useState("");
  const [level, setLevel] = useState<Level>("debug");
  const [minutes, setMinutes] = useState<number | null>(MINUTES[0]);
  const levels = useQuery({ queryKey: KEY, queryFn: ({ signal }) => ok(api.GET("/api/logs/levels", { signal })) });
  const change = useMutation({
    mutationFn: (body: Schema["ChangeLogLevels"]) => ok(api.PUT("/api/logs/levels", { body })),
    onError: fail,
    onSuccess: ({ items, unavailable = [] }) => {
      if (items.length > 0) say({ text: t("system.levels.changed", { count: items.length }) });
      if (unavailable.length > 0) {
        say({ text: t("system.levels.unchanged", { services: unavailable.join(", ") }), tone: "bad" });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <details className={css.levels}>
      <summary>{t("system.levels.title")}</summary>
      <p className={css.quiet}>{t("system.levels.text")}</p>
      {!levels.data && <Waiting query={levels} />}
      {levels.data && levels.error && <Failed part error={levels.error} onRetry={() => void levels.refetch()} />}
      <ul className={css.messages}>
        {levels.data?.items.map((each) => (
          <li key={each.service}>
            <ServiceLevel
              state={each}
              busy={change.isPending}
              onReset={() => change.mutate({ service: each.service, level: null, minutes: null })}
            />
          </li>
        ))}
      </ul>
      <form
        className={css.line}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ service: service || null, level, minutes });
        }}
      >
        <Select
          label={t("system.services.service")}
          value={service}
          options={[["", t("list.any")], ...services.map((each) => [each, each] as const)]}
          onChange={setService}
        />
        <Select
          label={t("system.logs.level")}
          value={level}
          options={LEVELS.map((each) => [each, t(`system.logs.from.${each}`)] as const)}
          onChange={(next) => setLevel(LEVELS.find((each) => each === next) ?? "debug")}
        />
        <Select
          label={t("system.levels.for")}
          value={String(minutes ?? "")}
          options={[
            ...MINUTES.map((each) => [String(each), t("system.levels.hours", { count: each / 60 })] as const),
            ["", t("system.levels.untilRestart")],
          ]}
          onChange={(next) => setMinutes(next ? Number(next) : null)}
        />
        <Button type="submit" disabled={change.isPending}>
          {t("system.levels.set")}
        </Button>
      </form>
    </details>
  );
}

function ServiceLevel({ state, busy, onReset }: { state: State; busy: boolean; onReset: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { service, level, configured, chosen, until } = state;
  const before = t(`system.logs.levels.${configured}`);
  const end = until ? t("system.levels.until", { when: format.moment(until) }) : t("system.levels.untilRestart");
  return (
    <div className={css.line}>
      <b>{service}</b>
      <span>{t(`system.logs.from.${level}`)}</span>
      {chosen && (
        <>
          <span className={css.quiet}>{end}</span>
          <Button
            look="quiet"
            disabled={busy}
            aria-label={t("system.levels.resetNamed", { level: before, service })}
            onClick={onReset}
          >
            {t("system.levels.reset", { level: before })}
          </Button>
        </>
      )}
    </div>
  );
}
