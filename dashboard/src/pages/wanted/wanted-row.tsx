import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { Cover } from "../../parts/cover";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { MissingActions } from "../book/missing-actions";
import { useNewestDownload } from "../book/use-newest-download";
import page from "../page.module.css";
import css from "./wanted.module.css";
import { whyNot } from "./why-not";
import { useWhyWords } from "./why-words";

export const TEMPLATE = "minmax(13rem, 2.2fr) minmax(7rem, 1fr) 6rem minmax(12rem, 2.4fr) 7.5rem 7.5rem 5rem";

const WITHOUT_DOWNLOAD = ["ignored", "upcoming", "was_owned"];

/** A missing book, with the reason why it is not here yet. */
export function WantedRow({ book, current }: { book: Schema["MissingBook"] | undefined; current: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = book?.id ?? "";
  const newest = useNewestDownload(id, book !== undefined && !WITHOUT_DOWNLOAD.includes(book.status));
  const words = useWhyWords();
  if (!book) return <RowSkeleton />;
  const download = newest.data?.items[0];
  const last = download?.last_attempt_at;
  const next = download?.next_retry_at;
  return (
    <>
      <div role="gridcell" className={page.titled}>
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
      <div role="gridcell" className={css.why} dir="auto">
        {newest.error ? t("states.partly") : newest.isLoading ? "" : words(whyNot(book, download))}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={last ? format.moment(last) : undefined}>
        {last ? format.relative(last) : t("wanted.never")}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={next ? format.moment(next) : undefined}>
        {next ? format.relative(next) : "–"}
      </div>
      <div role="gridcell" className={page.actions}>
        <MissingActions book={book} download={download} compact reachable={current} />
      </div>
    </>
  );
}
