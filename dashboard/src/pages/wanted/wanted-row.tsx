import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import type { Selection } from "../../list/selection";
import { SelectCell } from "../../list/selection-bar";
import { Cover } from "../../parts/cover";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { MissingActions } from "../book/missing-actions";
import page from "../page.module.css";
import { useAbsenceWords } from "./absence-words";
import css from "./wanted.module.css";

export const TEMPLATE = "1.1rem minmax(12rem, 2.2fr) minmax(5rem, 1fr) 6rem minmax(10rem, 2.4fr) 7.5rem 7.5rem 7.25rem";

interface WantedRowProps {
  book: Schema["MissingBook"] | undefined;
  index: number;
  current: boolean;
  selection: Selection;
}

/** A missing book, with the reason why it is not here yet. */
export function WantedRow({ book, index, current, selection }: WantedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!book) return <RowSkeleton />;
  const last = book.absence?.last_searched_at;
  const next = book.absence?.next_try_at;
  return (
    <>
      <SelectCell index={index} id={book.id} title={book.title} current={current} selection={selection} />
      <div role="gridcell" className={`${page.titled} ${css.book}`}>
        <Cover title={book.title} authors={book.authors} size="small" />
        <div className={page.stack}>
          <Link to={`/wanted/${book.id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
            {book.title}
          </Link>
          <span className={page.quiet} dir="auto">
            {book.authors.join(", ")}
          </span>
        </div>
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} dir="auto">
        {[book.series, book.sequence].filter(Boolean).join(" ")}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`}>
        {t(`wanted.reason.${book.reason}`)}
      </div>
      <div role="gridcell" className={css.why}>
        <Why book={book} />
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={last ? format.moment(last) : undefined}>
        {last ? format.relative(last) : t("wanted.never")}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={next ? format.moment(next) : undefined}>
        {next ? format.relative(next) : "–"}
      </div>
      <div role="gridcell" className={css.actions}>
        <MissingActions book={book} compact reachable={current} />
      </div>
    </>
  );
}

/** The reason, and its details in the words of the service. */
function Why({ book }: { book: Schema["MissingBook"] }) {
  const { reason, details } = useAbsenceWords()(book);
  return (
    <>
      <span className={css.reason}>{reason}</span>
      {details && (
        <span className={css.details} title={details} dir="auto">
          {details}
        </span>
      )}
    </>
  );
}
