import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import { api, ok } from "../../api/client";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import css from "./authors.module.css";
import { Share } from "./share";

const SHOWN = 100;

/** The series of an author, each with how much of it is owned. */
export function AuthorSeries({ authorId }: { authorId: string }) {
  const { t } = useTranslation();
  const series = useQuery({
    queryKey: ["series", "of-author", authorId],
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/authors/{author_id}/series", {
          params: { path: { author_id: authorId }, query: { limit: SHOWN } },
          signal,
        }),
      ),
  });
  const { items, total } = series.data ?? { items: [], total: 0 };
  return (
    <Section title={t("authors.series")}>
      {!series.data && <Waiting query={series} />}
      {series.data && series.error && <Failed part error={series.error} onRetry={() => void series.refetch()} />}
      {series.data && items.length === 0 && <p className={css.quiet}>{t("authors.noSeries")}</p>}
      <ul className={css.lines}>
        {items.map((each) => (
          <li key={each.id}>
            <Link to={`/series/${each.id}`} dir="auto">
              {each.name}
            </Link>
            <Share owned={each.owned} total={each.total} percent={each.completion_percent} />
          </li>
        ))}
        {total > items.length && <li className={css.quiet}>{t("series.more", { count: total - items.length })}</li>}
      </ul>
    </Section>
  );
}
