import { useTranslation } from "../../words";

import { chaptersOf } from "./field-values";

/** Says a value of the field chapters in the language of the page, and returns other texts as they are. */
export function useChaptersWords(): (value: string) => string {
  const { t } = useTranslation();
  return (value) => {
    const chapters = chaptersOf(value);
    if (chapters === null) return value;
    return t(chapters.perFile ? "book.chapters.perFile" : "book.chapters.own", { count: chapters.count });
  };
}
