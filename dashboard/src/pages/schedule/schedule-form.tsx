import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useState, type ReactNode } from "react";

import { api, ok, type Schema } from "../../api/client";
import { problemOf } from "../../api/problem";
import { Button } from "../../parts/button";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { DEFAULTS, KINDS, lineOf, PRESETS, ruleOf, type Kind, type Rule } from "./cron-builder";
import { cronInWords } from "./cron-words";
import css from "./schedule.module.css";

const PREVIEW_AFTER_MS = 300;

interface ScheduleFormProps {
  task: Pick<Schema["Task"], "cron" | "time_zone">;
  saving: boolean;
  onSave: (cron: string, zone: string) => void;
}

/** Chooses when a task is due: a preset, a rule or a cron line, with what it means and the next times. */
export function ScheduleForm({ task, saving, onSave }: ScheduleFormProps) {
  const { t, language } = useTranslation();
  const [rule, setRule] = useState(() => ruleOf(task.cron));
  const [zone, setZone] = useState(task.time_zone ?? "UTC");
  const line = lineOf(rule);
  const preview = usePreview(line, zone);
  const changed = line !== task.cron || zone !== task.time_zone;
  const isInterval = line.startsWith("@");
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed && !preview.error) onSave(line, zone);
      }}
    >
      <div className={css.presets} role="group" aria-label={t("schedule.presets")}>
        {PRESETS.map((preset) => (
          <button key={preset} type="button" aria-pressed={preset === line} onClick={() => setRule(ruleOf(preset))}>
            {preset === "" ? t("schedule.byHand") : cronInWords(preset, language)}
          </button>
        ))}
      </div>
      <Labelled label={t("schedule.often")}>
        {(id) => (
          <select
            id={id}
            value={rule.kind}
            onChange={({ target }) => {
              const kind = target.value as Kind;
              setRule(kind === "line" ? { kind, line } : DEFAULTS[kind]);
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`schedule.kinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <RuleFields rule={rule} onChange={setRule} />
      {rule.kind !== "hand" && !isInterval && (
        <Labelled label={t("schedule.zone")}>{(id) => <Zones id={id} value={zone} onChange={setZone} />}</Labelled>
      )}
      <Outcome line={line} preview={preview} />
      <div className={css.actions}>
        <Button type="submit" look="strong" disabled={!changed || saving || preview.error !== null}>
          {t("schedule.save")}
        </Button>
        {changed && (
          <Button
            onClick={() => {
              setRule(ruleOf(task.cron));
              setZone(task.time_zone ?? "UTC");
            }}
          >
            {t("app.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The fields that the kind of the rule has. */
function RuleFields({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const { t } = useTranslation();
  return (
    <>
      {rule.kind === "minutes" && (
        <Whole label={t("schedule.minutes")} value={rule.every} least={1} most={59} onChange={(every) => onChange({ ...rule, every })} />
      )}
      {rule.kind === "hours" && (
        <>
          <Whole label={t("schedule.hours")} value={rule.every} least={1} most={23} onChange={(every) => onChange({ ...rule, every })} />
          <Whole label={t("schedule.minute")} value={rule.minute} least={0} most={59} onChange={(minute) => onChange({ ...rule, minute })} />
        </>
      )}
      {rule.kind === "weekly" && <Days days={rule.days} onChange={(days) => onChange({ ...rule, days })} />}
      {rule.kind === "monthly" && (
        <Whole label={t("schedule.day")} value={rule.day} least={1} most={31} onChange={(day) => onChange({ ...rule, day })} />
      )}
      {(rule.kind === "daily" || rule.kind === "weekly" || rule.kind === "monthly") && (
        <Labelled label={t("schedule.time")}>
          {(id) => <input id={id} type="time" value={rule.time} required onChange={({ target }) => onChange({ ...rule, time: target.value })} />}
        </Labelled>
      )}
      {rule.kind === "line" && (
        <Labelled label={t("schedule.line")} hint={t("schedule.lineHint")}>
          {(id) => (
            <input
              id={id}
              className={css.code}
              value={rule.line}
              maxLength={100}
              spellCheck={false}
              autoComplete="off"
              aria-describedby={`${id}-hint`}
              onChange={({ target }) => onChange({ ...rule, line: target.value })}
            />
          )}
        </Labelled>
      )}
    </>
  );
}

function Labelled({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && (
        <p id={`${id}-hint`} className={css.quiet}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface WholeProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}

function Whole({ label, value, least, most, onChange }: WholeProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          required
          value={Number.isNaN(value) ? "" : value}
          onChange={({ target }) => onChange(target.valueAsNumber)}
        />
      )}
    </Labelled>
  );
}

/** The days of the week, beginning with Monday; Sunday is 0. */
function Days({ days, onChange }: { days: readonly number[]; onChange: (days: readonly number[]) => void }) {
  const { t, language } = useTranslation();
  const names = useMemo(() => {
    const long = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
    // 7 January 2024 was a Sunday.
    return [1, 2, 3, 4, 5, 6, 0].map((day) => [day, long.format(Date.UTC(2024, 0, 7 + day))] as const);
  }, [language]);
  return (
    <div className={css.presets} role="group" aria-label={t("schedule.days")}>
      {names.map(([day, name]) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          onClick={() => onChange(days.includes(day) ? days.filter((each) => each !== day) : [...days, day])}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function Zones({ id, value, onChange }: { id: string; value: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation();
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const others = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const zones = [...new Set([own, "UTC", value, ...others])];
  return (
    <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone === own ? t("schedule.ownZone", { zone }) : zone}
        </option>
      ))}
    </select>
  );
}

/** What the line means, and when it is due next; or why it is refused. */
function Outcome({ line, preview }: { line: string; preview: Preview }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  if (line === "") return <p className={css.quiet}>{t("schedule.onlyByHand")}</p>;
  const words = cronInWords(line, language);
  return (
    <div className={css.outcome} role="status">
      {preview.error ? (
        <p className={css.fault}>{problemOf(preview.error).detail || problemOf(preview.error).title}</p>
      ) : (
        <>
          <p>
            {words && <b>{words}</b>} <code>{line}</code>
          </p>
          <ol className={css.times} aria-label={t("schedule.nextTimes")}>
            {preview.times.map((time) => (
              <li key={time}>
                <time dateTime={time}>{format.moment(time)}</time>
                <span className={css.quiet}>{format.relative(time)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

interface Preview {
  times: readonly string[];
  error: unknown;
}

/** The next times of a line, as the scheduler computes them. */
function usePreview(cron: string, zone: string): Preview {
  const [asked, setAsked] = useState({ cron, zone });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ cron, zone }), PREVIEW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [cron, zone]);
  const query = useQuery({
    queryKey: ["runs", "preview", asked.cron, asked.zone],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/scheduler/preview", { params: { query: { cron: asked.cron, time_zone: asked.zone } }, signal })),
    enabled: asked.cron !== "",
    placeholderData: keepPreviousData,
  });
  return { times: query.data?.next_times ?? [], error: query.error };
}
