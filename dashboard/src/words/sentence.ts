/** Sentences of services in another language: a template with the figures that the service gives beside its English words.
 *
 * - `{{size}}`: a text, a number in the language of the page, another sentence, or a list of these.
 * - `{{size:bytes}}`: in one of the formats of `Format`.
 * - `{{sizes:either}}`, `{{parts:commas}}`, `{{parts:semicolons}}`: a list that is joined in another way than with “and”.
 * - `{{state:states}}`: what the texts of services call a value of a closed set.
 * - `{{books|Buch|Bücher}}`: a number, and the form of the noun for it.
 * - `[ seit {{since:moment}}]`: left out where the figure is missing. */
import type { Format } from "./format";

/** A sentence without its words: its name, and the figures in it. */
export interface Translatable {
  readonly code: string;
  readonly figures?: Readonly<Record<string, unknown>>;
}

/** What the templates need of the language. */
export interface LanguageParts {
  format: Format;
  templateOf: (code: string) => string | undefined;
  /** The name of a value of a closed set. */
  nameOf: (set: string, value: string) => string;
}

const OPTIONAL = /\[([^[\]]*)\]/g;
const FIGURE = /\{\{(\w+)(?::(\w+)|\|([^|}]*)\|([^}]*))?\}\}/g;
const OF_NUMBERS = ["number", "decimal", "percent", "duration", "bytes"] as const;
const JOINS: Readonly<Record<string, (words: string[], format: Format) => string>> = {
  commas: (words) => words.join(", "),
  either: (words, format) => format.either(words),
  semicolons: (words) => words.join("; "),
};
const OF_TIMES = ["date", "moment", "time", "relative"] as const;

/** The sentence in this language; null: it has no template, or a figure that it needs is missing. */
export function sentenceOf({ code, figures = {} }: Translatable, language: LanguageParts): string | null {
  const { format, templateOf, nameOf } = language;
  const shown = (value: unknown, as = "number"): string | null => {
    if (Array.isArray(value)) {
      const join = JOINS[as];
      const each = value.map((one) => shown(one, join ? undefined : as));
      if (each.length === 0 || !each.every((one) => one !== null)) return null;
      return join ? join(each, format) : format.list(each);
    }
    if (isTranslatable(value)) return sentenceOf(value, language);
    if (typeof value === "number") {
      const name = OF_NUMBERS.find((one) => one === as);
      return name ? format[name](value) : null;
    }
    if (typeof value !== "string" || value === "") return null;
    const name = OF_TIMES.find((one) => one === as);
    if (name) return Number.isNaN(Date.parse(value)) ? null : format[name](value);
    if (as === "number") return value;
    return OF_NUMBERS.some((one) => one === as) ? null : nameOf(as, value);
  };
  const filled = (text: string): string | null => {
    let whole = true;
    const result = text.replace(FIGURE, (_, name: string, as?: string, one?: string, many?: string) => {
      const value = shown(figures[name], as);
      whole &&= value !== null;
      return one === undefined || many === undefined ? (value ?? "") : `${value ?? ""} ${figures[name] === 1 ? one : many}`;
    });
    return whole ? result : null;
  };
  const template = templateOf(code);
  return template === undefined
    ? null
    : filled(template.replace(OPTIONAL, (_, part: string) => (filled(part) === null ? "" : part)));
}

/** Whether it has the code of a sentence. */
export function isTranslatable(value: unknown): value is Translatable {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}
