import { Link } from "react-router";

import type { Schema } from "../../api/client";
import type { Selection } from "../../list/selection";
import { SelectBox } from "../../list/selection-bar";
import { Cover } from "../../parts/cover";
import css from "./library.module.css";

interface BookCoverProps {
  book: Schema["Book"] | undefined;
  index: number;
  current: boolean;
  selection: Selection;
}

/** A book as its cover, with title and author. Its box is shown while the pointer or the keyboard is at it. */
export function BookCover({ book, index, current, selection }: BookCoverProps) {
  if (!book) return <div className={css.placeholder} />;
  const authors = book.authors ?? [];
  return (
    <article className={css.book} data-selecting={selection.count > 0 || undefined}>
      <Cover title={book.title} authors={authors} book={book} />
      <span className={css.select}>
        <SelectBox index={index} id={book.id} title={book.title} current={current} selection={selection} />
      </span>
      <div className={css.words}>
        <Link to={`/library/${book.id}`} tabIndex={current ? 0 : -1} className={css.line} title={book.title} dir="auto">
          {book.title}
        </Link>
        <span className={css.line} dir="auto">
          {authors.join(", ") || "–"}
        </span>
      </div>
    </article>
  );
}
