import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import type { en } from "./en";
import { shell } from "./en/shell";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

type Same<Node> = { [Key in keyof Node]: Node[Key] extends string ? string : Same<Node[Key]> };

/** What every language contains. */
export type Words = Same<typeof en>;

const STORED = "gapless.language";
const WORDS: Record<Language, () => Promise<Words>> = {
  en: async () => (await import("./en")).en,
  de: async () => (await import("./de")).de,
};

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

function chosen(): Language {
  const wanted = [localStorage.getItem(STORED) ?? "", ...navigator.languages].map((each) => each.slice(0, 2));
  return wanted.find((each): each is Language => each in LANGUAGES) ?? "en";
}

const loading = new Map<Language, Promise<void>>();

/** Load all words of a language, once. */
function load(language: Language): Promise<void> {
  const started = loading.get(language) ?? add(language);
  loading.set(language, started);
  started.catch(() => loading.delete(language));
  return started;
}

async function add(language: Language): Promise<void> {
  i18next.addResourceBundle(language, "translation", await WORDS[language]());
}

async function start(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: shell } },
    lng: "en",
    fallbackLng: "en",
    interpolation: { escapeValue: false }, // React escapes
  });
  const language = chosen();
  if (language === "en") void load("en").catch(() => undefined); // wordsOfPages reports it
  else await show(language);
}

/** Resolves when the words of what surrounds the pages are there. In English they are part of the first load. */
export const wordsOfShell = start();

/** Resolves when the words of all pages are there. Throws what failed, such as a lost connection. */
export async function wordsOfPages(): Promise<void> {
  await wordsOfShell;
  await load(i18next.language as Language);
}

async function show(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await show(language);
}
