import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useTranslation } from "../../words";
import { useParams } from "react-router";

import { api, ok } from "../../api/client";
import { BackButton } from "../../parts/back-button";
import { Facts } from "../../parts/facts";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import css from "./discover.module.css";
import { MarkdownText } from "./markdown-text";

/** One guide, or one page of a topic, with its whole text. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const { guideId = "" } = useParams();
  const query = useQuery({
    queryKey: ["guides", "one", guideId],
    queryFn: ({ signal }) => ok(api.GET("/api/guides/{guide_id}", { params: { path: { guide_id: guideId } }, signal })),
  });
  const guide = query.data;
  if (!guide) return <Waiting query={query} />;
  return (
    <article className={css.guide}>
      <title>{`${guide.title} – Gapless`}</title>
      <BackButton list="/discover?tab=guides" />
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <h1 dir="auto">{guide.title}</h1>
      <Facts
        facts={[
          [t("discover.facts.author"), guide.author],
          [t("discover.facts.board"), guide.board],
          [t("discover.facts.page"), (guide.page ?? 1) > 1 ? format.number(guide.page ?? 1) : null],
          [t("discover.facts.dated"), guide.dated_at ? format.date(guide.dated_at) : null],
          [t("discover.facts.read"), format.moment(guide.fetched_at)],
          [t("discover.facts.tags"), (guide.tags ?? []).join(", ")],
        ]}
      />
      <p>
        <a href={guide.address} target="_blank" rel="noreferrer noopener" className={css.outside}>
          {t("discover.atSite")}
          <ExternalLink aria-hidden="true" />
        </a>
      </p>
      <MarkdownText markdown={guide.markdown} />
      {(guide.torrents ?? []).length > 0 && (
        <section aria-labelledby="torrents">
          <h2 id="torrents">{t("discover.torrents")}</h2>
          <ul className={css.lines}>
            {guide.torrents?.map(({ id, title }) => (
              <li key={id} dir="auto">
                {[id, title].filter(Boolean).join(" · ")}
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}
