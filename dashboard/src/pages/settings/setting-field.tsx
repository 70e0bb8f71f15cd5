import { Lock, RotateCcw } from "lucide-react";
import { useEffect, useId, useRef } from "react";

import type { SettingFault } from "../../api/problem";
import { Badge } from "../../parts/badge";
import { IconButton } from "../../parts/button";
import { Switch } from "../../parts/switch";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { setDrafts } from "./drafts";
import css from "./settings.module.css";
import { draftOf, faultOf, sentence, textOf, type Field, type Value } from "./settings-model";
import { useFaultText, useSettingMeaning, useSettingName } from "./setting-names";

interface SettingFieldProps {
  field: Field;
  /** The value that is not saved; undefined: none. */
  draft: Value | undefined;
  fault: SettingFault | undefined;
  focus?: boolean;
}

/** One setting: its name, its value, what it means, where the value comes from, and what is wrong with it. */
export function SettingField({ field, draft, fault, focus = false }: SettingFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const faultText = useFaultText();
  const name = useSettingName()(field.name);
  const meaning = useSettingMeaning()(field);
  const id = useId();
  const line = useRef<HTMLDivElement>(null);
  const changed = draft !== undefined;
  const value = changed ? (draft ?? field.default ?? null) : (field.value ?? null);
  const limit = faultOf(field, changed ? draft : undefined);
  const wrong = limit
    ? t(`settings.faults.${limit.code}`, "limit" in limit ? { limit: format.number(limit.limit) } : {})
    : fault && faultText({ ...fault, setting: "" });
  const set = (entered: string | boolean) => setDrafts([[field.name, draftOf(field, entered)]]);
  const describedBy = [`${id}-about`, wrong ? `${id}-fault` : ""].filter(Boolean).join(" ");

  useEffect(() => {
    if (!focus) return;
    line.current?.scrollIntoView({ block: "center" });
    line.current?.querySelector<HTMLElement>("input, select, button")?.focus({ preventScroll: true });
  }, [focus]);

  return (
    <div ref={line} className={css.field} data-changed={changed || undefined}>
      <div className={css.label}>
        <label htmlFor={id}>{name}</label>
        <code>{field.name}</code>
        {field.required && !field.is_set && !changed && <Badge tone="gap">{t("settings.required")}</Badge>}
        {changed && <Badge tone="accent">{t("settings.unsaved")}</Badge>}
        {!field.changeable && (
          <span className={css.locked}>
            <Lock aria-hidden="true" />
            {field.source === "environment" ? t("settings.environment") : t("settings.onlyEnvironment")}
          </span>
        )}
      </div>
      <div className={css.input}>
        <Input
          id={id}
          field={field}
          label={name}
          value={value}
          draft={draft}
          describedBy={describedBy}
          invalid={Boolean(wrong)}
          onChange={set}
        />
        {field.changeable && (changed || field.stored) && (
          <IconButton
            label={changed ? t("settings.discardOne", { setting: name }) : t("settings.toDefault", { setting: name })}
            icon={<RotateCcw />}
            onClick={() => setDrafts([[field.name, changed ? undefined : null]])}
          />
        )}
      </div>
      {wrong && (
        <p id={`${id}-fault`} className={css.fault} role="alert" dir="auto">
          {wrong}
        </p>
      )}
      <p id={`${id}-about`} className={css.about} dir="auto">
        {sentence(meaning)}
        {field.type !== "secret" && field.type !== "boolean" && textOf(field.default) !== "" && (
          <> {t("settings.default", { value: textOf(field.default) })}</>
        )}
      </p>
    </div>
  );
}

interface InputProps {
  id: string;
  field: Field;
  label: string;
  value: Value;
  draft: Value | undefined;
  describedBy: string;
  invalid: boolean;
  onChange: (entered: string | boolean) => void;
}

function Input({ id, field, label, value, draft, describedBy, invalid, onChange }: InputProps) {
  const { t } = useTranslation();
  const common = { id, disabled: !field.changeable, "aria-describedby": describedBy, "aria-invalid": invalid || undefined };
  if (field.type === "boolean") {
    return <Switch {...common} label={label} on={value === true} onChange={onChange} />;
  }
  if (field.type === "choice") {
    const choices = field.choices ?? [];
    const text = textOf(value);
    return (
      <select {...common} value={text} onChange={({ target }) => onChange(target.value)}>
        {!choices.includes(text) && <option value={text}>{text || t("settings.none")}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === "secret") {
    return (
      <input
        {...common}
        type="password"
        autoComplete="new-password"
        maxLength={10_000}
        value={draft === undefined || draft === null ? "" : textOf(draft)}
        placeholder={field.is_set && draft !== null ? t("settings.isSet") : t("settings.notSet")}
        onChange={({ target }) => onChange(target.value)}
      />
    );
  }
  return (
    <input
      {...common}
      type="text"
      inputMode={field.type === "number" ? "decimal" : field.type === "address" ? "url" : "text"}
      spellCheck={false}
      autoComplete="off"
      maxLength={10_000}
      value={textOf(draft === null ? null : value)}
      placeholder={textOf(field.default) || field.example || ""}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
