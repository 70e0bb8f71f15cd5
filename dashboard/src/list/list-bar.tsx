import { ArrowDownWideNarrow, ArrowUpNarrowWide, Search } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";

import { IconButton } from "../parts/button";
import { useTranslation } from "../words";
import css from "./list-bar.module.css";

const SEARCH_AFTER_MS = 250;

interface ListBarProps {
  title: string;
  count: string;
  /** The choice between ways to show the list. */
  view?: ReactNode;
  children: ReactNode;
}

/** The line above a list: its title, the number of entries, the search and the filters. */
export function ListBar({ title, count, view, children }: ListBarProps) {
  return (
    <header className={css.bar}>
      <div className={css.title}>
        <h1>{title}</h1>
        <p aria-live="polite">{count}</p>
        {view && <div className={css.view}>{view}</div>}
      </div>
      <div className={css.controls}>{children}</div>
    </header>
  );
}

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Searches while a person types. The key / moves the focus to it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <span className={css.search}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={200}
        value={text}
        data-list-search=""
        data-focus-first=""
        onChange={({ target }) => {
          setText(target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(target.value.trim()), SEARCH_AFTER_MS);
        }}
      />
    </span>
  );
}

interface SelectProps<Value extends string> {
  label: string;
  value: Value | "";
  options: readonly (readonly [Value | "", string])[];
  onChange: (value: Value | "") => void;
}

/** A choice of one value: the element of the browser, which every device shows in its own way. */
export function Select<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  return (
    <label className={css.select} data-set={value !== options[0]?.[0] || undefined}>
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value as Value | "")}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SortProps<Field extends string> {
  /** A field; with a leading - in descending order. */
  value: string;
  fields: readonly (readonly [Field, string])[];
  onChange: (sort: string) => void;
}

/** The field by which a list is sorted, and the direction. */
export function Sort<Field extends string>({ value, fields, onChange }: SortProps<Field>) {
  const { t } = useTranslation();
  const descending = value.startsWith("-");
  const field = value.replace(/^-/, "") as Field;
  return (
    <span className={css.sort}>
      <Select label={t("list.sort")} value={field} options={fields} onChange={(next) => onChange(descending ? `-${next}` : next)} />
      <IconButton
        label={descending ? t("list.descending") : t("list.ascending")}
        icon={descending ? <ArrowDownWideNarrow /> : <ArrowUpNarrowWide />}
        onClick={() => onChange(descending ? field : `-${field}`)}
      />
    </span>
  );
}

/** A filter that is on or off. */
export function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button type="button" className={css.toggle} aria-pressed={on} onClick={() => onChange(!on)}>
      {label}
    </button>
  );
}
