import { useSyncExternalStore } from "react";

import type { en } from "./en";
import { shell } from "./en/shell";
import { formatFor } from "./format";
import { sentenceOf, type Translatable } from "./sentence";
import { find, translator, type KeyOf, type Texts, type Translate, type Values } from "./translate";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

type Same<Node> = { [Key in keyof Node]: Node[Key] extends string ? string : Same<Node[Key]> };

/** What every language contains. */
export type Words = Same<typeof en>;

interface Translation {
  /** The text of a key in the language that is shown. */
  t: Translate<KeyOf<typeof en>>;
  /** The text of something that a service names by a key, such as an error code. `given` is the text of the service, which
   * is shown where the language has none; it is all that English needs. */
  ofService: (key: string, given: string, values?: Values) => string;
  /** A sentence of a service from its code and figures. `given` is that of the service, which is shown where the language
   * has none or where it needs a figure that is missing. */
  sentence: (translatable: Translatable | undefined, given: string) => string;
  language: Language;
}

const STORED = "gapless.language";
/** The words of what surrounds the pages. */
const SHELL: Record<Language, () => Promise<Texts>> = {
  en: () => Promise.resolve(shell),
  de: async () => {
    const [words, { problems }] = await Promise.all([import("./de/shell"), import("./de/services/problems")]);
    return { ...words.shell, services: { problems } };
  },
};
/** All words of the dashboard, and those for what services name by a key. */
const ALL: Record<Language, () => Promise<Words & { services: Texts }>> = {
  en: async () => {
    const [{ en }, { services }] = await Promise.all([import("./en"), import("./en/services")]);
    return { ...en, services };
  },
  de: async () => {
    const [{ de }, { services }] = await Promise.all([import("./de"), import("./de/services")]);
    return { ...de, services };
  },
};

const listeners = new Set<() => void>();
let shown = translation("en", shell);

/** The words in the language that is shown. A component that uses them is drawn again when the language changes. */
export function useTranslation(): Translation {
  return useSyncExternalStore(subscribe, () => shown);
}

/** Start with the words of what surrounds the pages. A page waits for its own with `wordsOfPages`. */
export async function startWords(): Promise<void> {
  const language = chosen();
  // Without a connection the page starts in English.
  const texts = await SHELL[language]().catch(() => undefined);
  if (texts) show(language, texts);
}

/** Load the words of all pages in the language that is shown. Throws what failed, such as a lost connection. */
export async function wordsOfPages(): Promise<void> {
  const { language } = shown;
  const texts = await ALL[language]();
  if (shown.language === language) show(language, texts);
}

/** Show another language, and remember it. Throws what failed, such as a lost connection. */
export async function changeLanguage(language: Language): Promise<void> {
  show(language, await ALL[language]());
  localStorage.setItem(STORED, language);
}

function show(language: Language, texts: Texts): void {
  shown = translation(language, texts);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function translation(language: Language, texts: Texts): Translation {
  const t = translator(texts, language);
  const ofService: Translation["ofService"] = (key, given, values) => {
    const path = `services.${key}`;
    const text = t(path, values);
    return text === path ? given : text;
  };
  const known = {
    format: formatFor(language),
    templateOf: (code: string) => find(texts, `services.sentences.${code}`),
    nameOf: (set: string, value: string) => ofService(`${set}.${value}`, value),
  };
  const sentence: Translation["sentence"] = (translatable, given) => (translatable && sentenceOf(translatable, known)) ?? given;
  return { language, t, ofService, sentence };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function chosen(): Language {
  const wanted = [localStorage.getItem(STORED) ?? "", ...navigator.languages].map((each) => each.slice(0, 2));
  return wanted.find((each): each is Language => each in LANGUAGES) ?? "en";
}
