import { TriangleAlert } from "lucide-react";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { Badge } from "../../parts/badge";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./authors.module.css";
import { Share } from "./share";

export const TEMPLATE = "minmax(13rem, 2.5fr) minmax(8rem, 1.2fr) 5rem minmax(9rem, 1.4fr) 7rem 9rem";

/** An author as a row of the table. */
export function AuthorRow({ author, current }: { author: Schema["Author"] | undefined; current: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!author) return <RowSkeleton />;
  const { missing } = author;
  return (
    <>
      <div role="gridcell" className={page.stack}>
        <Link to={`/authors/${author.id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
          {author.name}
        </Link>
      </div>
      <div role="gridcell">
        <Badge tone={author.followed ? "accent" : "plain"}>{t(`authors.follow.${author.follow ?? "automatic"}`)}</Badge>
      </div>
      <div role="gridcell" className={`${page.number} ${page.wide}`}>
        {format.number(author.owned)}
      </div>
      <div role="gridcell" className={css.share}>
        <Share owned={author.owned} total={author.total} percent={author.completion_percent} />
      </div>
      <div role="gridcell" className={`${page.number} ${missing > 0 ? css.gap : page.quiet}`}>
        {missing > 0 ? t("authors.missing", { count: missing }) : t("authors.noneMissing")}
        {(author.upcoming ?? 0) > 0 && (
          <span className={page.quiet}> {t("authors.upcoming", { count: author.upcoming ?? 0 })}</span>
        )}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={author.last_check_problem ?? undefined}>
        {author.last_check_problem && <TriangleAlert className={css.problem} aria-label={author.last_check_problem} />}
        {author.last_checked_at ? format.relative(author.last_checked_at) : t("authors.never")}
      </div>
    </>
  );
}
