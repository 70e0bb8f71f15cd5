import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { BackButton } from "../../parts/back-button";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Facts } from "../../parts/facts";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "../authors/authors.module.css";
import { FollowChoice } from "../authors/follow-choice";
import { WorkSection } from "../authors/work-section";
import { Fill } from "./fill";
import { ListChanges } from "./list-changes";
import { loadList } from "./load-works";
import { SeriesBooks } from "./series-books";
import { SeriesNarrators } from "./series-narrators";
import { fillable } from "./works";

/** One series: its places with the reason for each state, its books, how it is followed, and who changed its list. */
export function Component() {
  const { t } = useTranslation();
  const { seriesId = "" } = useParams();
  const path = { series_id: seriesId };
  const query = useQuery({
    queryKey: ["series", "one", seriesId],
    queryFn: ({ signal }) => ok(api.GET("/api/series/{series_id}", { params: { path }, signal })),
  });
  const series = query.data;
  if (!series) return <Waiting query={query} />;
  const followed = {
    kind: "series",
    id: series.id,
    name: series.name,
    mode: series.follow ?? "all",
    from: series.follow_from,
  } as const;
  return (
    <article className={css.page}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <Head series={series} />
      <WorkSection
        queryKey={["series", "parts", seriesId]}
        load={(part, signal) => ok(api.GET("/api/series/{series_id}/list", { params: { path, query: part }, signal }))}
      />
      <Section title={t("authors.followTitle")}>
        <FollowChoice followed={followed} />
      </Section>
      <div className={css.columns}>
        <SeriesBooks seriesId={seriesId} />
        <SeriesNarrators seriesId={seriesId} />
        <ListChanges seriesId={seriesId} />
      </div>
    </article>
  );
}

function Head({ series }: { series: Schema["Series"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const compared = series.last_checked_at ? format.relative(series.last_checked_at) : t("authors.never");
  return (
    <header className={css.head}>
      <BackButton list="/series" />
      <h1 dir="auto">{series.name}</h1>
      {(series.authors ?? []).length > 0 && (
        <p dir="auto">{t("series.authors", { authors: format.list(series.authors ?? []) })}</p>
      )}
      {series.completion_status && series.completion_status !== "unknown" && (
        <p className={css.line}>
          <Badge tone={series.completion_status === "complete" ? "good" : "gap"}>
            {t(`series.status.${series.completion_status}`)}
          </Badge>
        </p>
      )}
      {series.merged_into && (
        <p className={css.warning}>
          {t("series.mergedInto")} <Link to={`/series/${series.merged_into}`}>{t("series.mergedLink")}</Link>
        </p>
      )}
      {series.last_check_problem && <p className={css.warning}>{series.last_check_problem}</p>}
      <Facts
        facts={[
          [
            t("authors.columns.owned"),
            series.total ? t("series.ownedOf", { owned: series.owned, total: series.total }) : format.number(series.owned),
          ],
          [t("authors.columns.missing"), format.number(series.missing)],
          [t("authors.upcomingName"), series.upcoming ? format.number(series.upcoming) : null],
          [t("authors.columns.compared"), compared],
        ]}
      />
      <Actions series={series} />
    </header>
  );
}

/** Compare the series again, and search its gaps. */
function Actions({ series }: { series: Schema["Series"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [filling, setFilling] = useState(false);
  const list = useQuery({
    queryKey: ["series", "list", series.id],
    queryFn: () => loadList(series.id),
    staleTime: 60_000,
  });
  const gaps = fillable(list.data?.items ?? []);
  const compare = useMutation({
    mutationFn: () =>
      ok(api.POST("/api/series/{series_id}/check-completion", { params: { path: { series_id: series.id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["runs"] });
      say({ text: t("series.comparing", { name: series.name }) });
    },
    onError: fail,
  });
  return (
    <div className={css.line}>
      {gaps.length > 0 && (
        <Button look="strong" onClick={() => setFilling(true)}>
          {t("series.fill", { count: gaps.length })}
        </Button>
      )}
      <Button
        icon={<GitCompareArrows aria-hidden="true" />}
        disabled={compare.isPending}
        title={t("series.compareText")}
        onClick={() => compare.mutate()}
      >
        {t("series.compare")}
      </Button>
      {filling && <Fill series={series.name} gaps={gaps} onClose={() => setFilling(false)} />}
    </div>
  );
}
