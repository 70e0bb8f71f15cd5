import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import type { Selection } from "../../list/selection";
import { SelectCell } from "../../list/selection-bar";
import { Cover } from "../../parts/cover";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./library.module.css";
import { seriesWords } from "./series-words";

export const TEMPLATE =
  "1.1rem minmax(14rem, 3fr) minmax(8rem, 1.6fr) minmax(8rem, 1.6fr) minmax(7rem, 1.3fr) 3.5rem 6.5rem 7rem";

interface BookRowProps {
  book: Schema["Book"] | undefined;
  index: number;
  current: boolean;
  selection: Selection;
}

/** A book as a row of the table. */
export function BookRow({ book, index, current, selection }: BookRowProps) {
  const format = useFormat();
  if (!book) return <RowSkeleton />;
  const authors = book.authors ?? [];
  const share = book.completeness_percent / 100;
  return (
    <>
      <SelectCell index={index} id={book.id} title={book.title} current={current} selection={selection} />
      <div role="gridcell" className={page.titled}>
        <Cover title={book.title} authors={authors} size="small" book={book} />
        <div className={page.stack}>
          <Link to={`/library/${book.id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
            {book.title}
          </Link>
          {book.subtitle && (
            <span className={page.quiet} dir="auto">
              {book.subtitle}
            </span>
          )}
        </div>
      </div>
      <div role="gridcell" className={page.quiet} dir="auto">
        {authors.join(", ")}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} dir="auto">
        {seriesWords(book.series ?? [])}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} dir="auto">
        {(book.narrators ?? []).join(", ")}
      </div>
      <div role="gridcell" className={`${page.number} ${page.wide}`}>
        {book.published_year}
      </div>
      <div role="gridcell" className={`${page.number} ${page.wide}`}>
        {book.duration_seconds ? format.duration(book.duration_seconds) : ""}
      </div>
      <div role="gridcell" className={page.wide} title={format.percent(share)}>
        <span className={css.meter} data-low={share < 0.75 || undefined} aria-hidden="true">
          <span style={{ width: `${book.completeness_percent}%` }} />
        </span>
        <span className="visually-hidden">{format.percent(share)}</span>
      </div>
    </>
  );
}
