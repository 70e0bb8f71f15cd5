import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Cover } from "../../parts/cover";
import css from "./library.module.css";

/** A book as its cover, with title and author. */
export function BookCover({ book, current }: { book: Schema["Book"] | undefined; current: boolean }) {
  if (!book) return <div className={css.placeholder} />;
  const authors = book.authors ?? [];
  return (
    <article className={css.book}>
      <Cover title={book.title} authors={authors} book={book} />
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
