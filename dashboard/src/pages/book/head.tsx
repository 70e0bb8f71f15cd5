import { Share2 } from "lucide-react";
import type { ReactNode } from "react";

import type { Schema } from "../../api/client";
import { BackButton } from "../../parts/back-button";
import { IconButton } from "../../parts/button";
import { Cover } from "../../parts/cover";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import css from "./book.module.css";

interface HeadProps {
  /** The book of the library, if it is there. */
  book?: Schema["Book"] | undefined;
  title: string;
  subtitle?: string | null | undefined;
  authors: readonly string[];
  /** Where “Back” leads if the page was opened by its address. */
  list: string;
  children?: ReactNode;
  actions?: ReactNode;
}

/** The top of a page about one book. */
export function Head({ book, title, subtitle, authors, list, children, actions }: HeadProps) {
  const { t } = useTranslation();
  const { say } = useToasts();
  return (
    <header className={css.head}>
      <div className={css.cover}>
        <Cover title={title} authors={authors} book={book} />
      </div>
      <div className={css.about}>
        <BackButton list={list} />
        <h1 dir="auto">{title}</h1>
        {subtitle && (
          <p className={css.subtitle} dir="auto">
            {subtitle}
          </p>
        )}
        {authors.length > 0 && <p dir="auto">{t("book.by", { authors: authors.join(", ") })}</p>}
        {children}
        <div className={css.actions}>
          {actions}
          {"clipboard" in navigator && (
            <IconButton
              label={t("book.share")}
              icon={<Share2 />}
              onClick={() => void navigator.clipboard.writeText(location.href).then(() => say({ text: t("book.shared") }))}
            />
          )}
        </div>
      </div>
    </header>
  );
}
