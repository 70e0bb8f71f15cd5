import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { api, ok } from "../../api/client";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "../authors/authors.module.css";

const SHOWN = 200;

/** The books of the library that belong to a series. */
export function SeriesBooks({ seriesId }: { seriesId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const books = useQuery({
    queryKey: ["books", "of-series", seriesId],
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/series/{series_id}/books", {
          params: { path: { series_id: seriesId }, query: { sort: "title", limit: SHOWN } },
          signal,
        }),
      ),
  });
  const { items, total } = books.data ?? { items: [], total: 0 };
  return (
    <Section title={t("series.books")}>
      {!books.data && <Waiting query={books} />}
      {books.data && books.error && <Failed part error={books.error} onRetry={() => void books.refetch()} />}
      {books.data && items.length === 0 && <p className={css.quiet}>{t("series.noBooks")}</p>}
      <ul className={css.lines}>
        {items.map((book) => (
          <li key={book.id}>
            <Link to={`/library/${book.id}`} dir="auto">
              {book.title}
            </Link>
            <span className={css.quiet} dir="auto">
              {[(book.narrators ?? []).join(", "), book.duration_seconds ? format.duration(book.duration_seconds) : ""]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
        {total > items.length && <li className={css.quiet}>{t("series.more", { count: total - items.length })}</li>}
      </ul>
    </Section>
  );
}
