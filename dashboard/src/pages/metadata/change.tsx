import { ArrowRight } from "lucide-react";

import { useTranslation } from "../../words";
import { useChaptersWords } from "../book/use-chapters-words";

import { fieldText, type FieldValue } from "./field-text";
import css from "./metadata.module.css";

/** What a field had and what it gets. In a row both are cut off after a line. */
export function Change({ old, next, whole = false }: { old: FieldValue; next: FieldValue; whole?: boolean }) {
  const { t } = useTranslation();
  const chaptersWords = useChaptersWords();
  const words = (value: FieldValue) =>
    typeof value === "boolean" ? t(value ? "book.yes" : "book.no") : chaptersWords(fieldText(value));
  const [before, after] = [words(old), words(next)];
  return (
    <span className={css.change} data-whole={whole || undefined}>
      <del dir="auto" title={whole ? undefined : before} data-none={before === "" || undefined}>
        {before || t("metadata.nothing")}
      </del>
      <ArrowRight aria-label={t("metadata.becomes")} />
      <ins dir="auto" title={whole ? undefined : after} data-none={after === "" || undefined}>
        {after || t("metadata.nothing")}
      </ins>
    </span>
  );
}
