import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Facts } from "../../parts/facts";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { useAbsenceWords } from "../wanted/absence-words";
import css from "./book.module.css";
import { Head } from "./head";
import { MissingActions } from "./missing-actions";
import { Timeline } from "./timeline";

/** A missing book: why it counts as missing, and why it is not here yet. */
export function Component() {
  const sourceName = useSourceName();
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const { missingId = "" } = useParams();
  const path = { missing_book_id: missingId };
  const query = useQuery({
    queryKey: ["missing", "one", missingId],
    queryFn: ({ signal }) => ok(api.GET("/api/books/missing/{missing_book_id}", { params: { path }, signal })),
  });
  const words = useAbsenceWords();
  const book = query.data;
  if (!book) return <Waiting query={query} />;
  return (
    <article className={css.page}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <Head
        title={book.title}
        subtitle={book.subtitle}
        authors={book.authors}
        list="/wanted"
        actions={
          <>
            <MissingActions book={book} />
            <Link to={`/wanted/${missingId}/why`}>{t("series.whyNot")}</Link>
          </>
        }
      >
        <p className={css.badges}>
          {book.series && (
            <Badge tone="accent">{book.sequence ? `${book.series} ${book.sequence}` : book.series}</Badge>
          )}
          <Badge tone="gap">{t(`wanted.status.${book.status}`)}</Badge>
          <Badge>{t(`wanted.reason.${book.reason}`)}</Badge>
        </p>
        <p>{t("book.wantedSince", { date: format.date(book.identified_at) })}</p>
        <Facts
          facts={[
            [t("book.names.published_year"), book.published_year],
            [t("book.length"), book.duration_minutes ? format.duration(book.duration_minutes * 60) : null],
            [t("book.names.language"), book.language && format.language(book.language)],
            [t("book.names.asin"), book.asin],
            [t("book.source"), book.source && sourceName(book.source)],
          ]}
        />
      </Head>
      <div className={css.columns}>
        <Timeline
          of={{ missing: missingId }}
          title={t("book.timelineMissing")}
          book={book.title}
          state={Object.values(words(book)).filter(Boolean).join(": ")}
        />
        <section className={css.section} aria-labelledby="evidence">
          <h2 id="evidence">{t("series.evidence")}</h2>
          <ul className={css.evidence}>
            {(book.evidence ?? []).map((reason) => (
              <li key={`${reason.rule} ${reason.words}`} dir="auto">
                {sentence(reason.translatable?.["words"], reason.words)}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}
