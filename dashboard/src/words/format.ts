/** Dates, numbers and sizes in the language of the page. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", 1],
] as const;

const BYTES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

export interface Format {
  number(value: number): string;
  /** With two digits after the point, such as a ratio. */
  decimal(value: number): string;
  percent(share: number): string;
  date(moment: string): string;
  moment(moment: string): string;
  time(moment: string): string;
  /** “3 hours ago”, “in 2 days”; from 30 days on the date. */
  relative(moment: string, now?: number): string;
  /** Hours and minutes of playing time. */
  duration(seconds: number): string;
  bytes(size: number): string;
  /** The name of a language from its code of ISO 639; other words stay as they are. */
  language(code: string): string;
  list(words: readonly string[]): string;
  /** The words with “or” before the last. */
  either(words: readonly string[]): string;
}

const made = new Map<string, Format>();

/** The formats of a language. They are made once, because each of them takes the browser a part of a millisecond. */
export function formatFor(language: string): Format {
  const known = made.get(language);
  if (known) return known;
  const format = formatsOf(language);
  made.set(language, format);
  return format;
}

function formatsOf(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const list = new Intl.ListFormat(language, { style: "long", type: "conjunction" });
  const either = new Intl.ListFormat(language, { style: "long", type: "disjunction" });
  const languages = new Intl.DisplayNames(language, { type: "language" });
  const units = new Map<string, Intl.NumberFormat>();
  const inUnit = (value: number, unit: string, maximumFractionDigits = 0) => {
    const known = units.get(unit);
    const format = known ?? new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits });
    if (!known) units.set(unit, format);
    return format.format(value);
  };
  return {
    number: (value) => number.format(value),
    decimal: (value) => decimal.format(value),
    percent: (share) => percent.format(share),
    date: (text) => date.format(new Date(text)),
    time: (text) => time.format(new Date(text)),
    moment: (text) => moment.format(new Date(text)),
    relative: (text, now = Date.now()) => {
      const seconds = Math.round((Date.parse(text) - now) / 1000);
      if (Math.abs(seconds) >= 30 * DAY) return date.format(new Date(text));
      const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS[3];
      return relative.format(Math.trunc(seconds / length), unit);
    },
    duration: (seconds) => {
      const minutes = Math.round(seconds / MINUTE);
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      if (hours === 0) return inUnit(rest, "minute");
      return rest === 0 ? inUnit(hours, "hour") : `${inUnit(hours, "hour")} ${inUnit(rest, "minute")}`;
    },
    bytes: (size) => {
      const power = Math.min(BYTES.length - 1, size < 1 ? 0 : Math.floor(Math.log10(size) / 3));
      return inUnit(size / 1000 ** power, BYTES[power] ?? "byte", power >= 3 ? 1 : 0);
    },
    language: (code) => (/^[a-z]{2,3}$/i.test(code) ? (languages.of(code.toLowerCase()) ?? code) : code),
    list: (words) => list.format(words),
    either: (words) => either.format(words),
  };
}
