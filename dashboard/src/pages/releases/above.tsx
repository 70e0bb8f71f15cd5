import type { ReactNode } from "react";

import { BackButton } from "../../parts/back-button";
import { useTranslation } from "../../words";
import css from "./releases.module.css";

interface AboveProps {
  title: string;
  authors: readonly string[];
  facts: readonly string[];
  /** Where “Back” leads if the page was opened by its address. */
  list: string;
  action?: ReactNode;
}

/** The top of a page of releases: for which book they are. */
export function Above({ title, authors, facts, list, action }: AboveProps) {
  const { t } = useTranslation();
  const line = [authors.join(", "), ...facts].filter(Boolean).join(" · ");
  return (
    <header className={css.above}>
      <div>
        <BackButton list={list} />
        <h1 dir="auto">{title ? t("releases.of", { title }) : t("releases.title")}</h1>
        <p className={css.quiet} dir="auto">
          {line}
        </p>
      </div>
      {action}
    </header>
  );
}
