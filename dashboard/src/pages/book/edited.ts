import type { Schema } from "../../api/client";
import { EDITABLE, plainText } from "./field-values";

export type Editable = (typeof EDITABLE)[number];
/** What a person edits: texts, and whether the recording is abridged. */
export type Form = Record<Editable, string> & { abridged: boolean };

const LISTS = ["authors", "narrators", "genres", "tags"] as const;
const SERIES_LINE = /^(.*\S)\s+#([\d.]+(?:-[\d.]+)?)$/;

export function isList(field: Editable): boolean {
  return field === "series" || LISTS.some((each) => each === field);
}

export function formOf(book: Schema["Book"]): Form {
  const text = (field: Editable): string => {
    if (field === "series") {
      return (book.series ?? []).map(({ name, sequence }) => (sequence ? `${name} #${sequence}` : name)).join("\n");
    }
    if (field === "description") return plainText(book.description ?? "");
    const value = book[field];
    return Array.isArray(value) ? value.join("\n") : (value ?? "");
  };
  const texts = Object.fromEntries(EDITABLE.map((field) => [field, text(field)])) as Record<Editable, string>;
  return { ...texts, abridged: book.abridged ?? false };
}

type Changes = Partial<Record<Editable, string | null | string[] | { name: string; sequence?: string }[]>> & {
  abridged?: boolean;
};

/** The values of the fields that a person changed. An empty text clears a field. */
export function changesOf(before: Form, after: Form): Changes {
  const changed = EDITABLE.filter((field) => after[field].trim() !== before[field].trim());
  const texts: Changes = Object.fromEntries(changed.map((field) => [field, valueOf(field, after[field].trim())]));
  return after.abridged === before.abridged ? texts : { ...texts, abridged: after.abridged };
}

function valueOf(field: Editable, text: string) {
  if (!isList(field)) return text || null;
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  if (field !== "series") return lines;
  return lines.map((line) => {
    const [, name, sequence] = SERIES_LINE.exec(line) ?? [];
    return name && sequence ? { name, sequence } : { name: line };
  });
}

/** Whether a text that identifies an edition is an ISBN. Otherwise it is an ASIN. */
export function isIsbn(text: string): boolean {
  return /^(?:\d{9}[\dX]|97[89]\d{10})$/i.test(text.replaceAll(/[\s-]/g, ""));
}
