import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Badge, type Tone } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import { useGapDecision } from "../book/use-gap-decision";
import { useSearchNow } from "../book/use-search-now";
import css from "./board.module.css";
import { loadList } from "./load-works";
import { fillable, type State, type Work } from "./works";

export const TONES: Record<State, Tone> = {
  owned: "good",
  in_omnibus: "good",
  maybe_owned: "accent",
  was_owned: "bad",
  missing: "gap",
  upcoming: "accent",
  ignored: "plain",
  not_counted: "plain",
};

/** What is known about a work: its state, why, the evidence, and what can be done. */
export function WorkFacts({ series, work }: { series: string; work: Work }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const decide = useGapDecision(work.missing_book_id ?? "", work.title);
  const search = useSearchNow(work.missing_book_id ?? "", work.title);
  return (
    <>
      <h3 dir="auto">{work.title}</h3>
      {work.subtitle && <p dir="auto">{work.subtitle}</p>}
      <p className={css.badges}>
        <Badge tone={TONES[work.state]}>{t(`series.state.${work.state}`)}</Badge>
        <Badge>{t(`series.kind.${work.kind}`)}</Badge>
        {work.place && <Badge>{t("series.place", { place: work.place })}</Badge>}
      </p>
      <p dir="auto">{sentence(work.translatable?.["why"], work.why)}</p>
      {work.release_date && <p className={css.quiet}>{t("series.released", { date: format.date(work.release_date) })}</p>}
      <Evidence series={series} workId={work.id} />
      {(work.providers ?? []).length > 0 && (
        <p className={css.quiet}>{t("series.providers", { providers: format.list((work.providers ?? []).map(systemName)) })}</p>
      )}
      <p className={css.does}>
        {work.book_id && <Link to={`/library/${work.book_id}`}>{t("series.openBook")}</Link>}
        {work.missing_book_id && !work.book_id && (
          <Link to={`/wanted/${work.missing_book_id}`}>{t("series.whyNot")}</Link>
        )}
        {fillable([work]).length > 0 && (
          <Button look="strong" disabled={search.isPending} onClick={() => search.mutate()}>
            {t("wanted.search")}
          </Button>
        )}
        {work.missing_book_id && work.state === "missing" && (
          <Button onClick={() => decide.mutate("ignored")}>{t("series.ignore")}</Button>
        )}
        {work.missing_book_id && work.state === "ignored" && (
          <Button onClick={() => decide.mutate("identified")}>{t("series.unignore")}</Button>
        )}
      </p>
    </>
  );
}

/** Why the work has its kind and its state. It is loaded when a person opens the work. */
function Evidence({ series, workId }: { series: string; workId: string }) {
  const list = useQuery({ queryKey: ["series", "list", series], queryFn: () => loadList(series), staleTime: 60_000 });
  if (!list.data) return list.error ? <Failed part error={list.error} onRetry={() => void list.refetch()} /> : null;
  const evidence = list.data.items.find((each) => each.id === workId)?.evidence ?? [];
  return <EvidenceList evidence={evidence} />;
}

/** The reasons in words, shown when a person asks for them. */
export function EvidenceList({ evidence }: { evidence: NonNullable<Work["evidence"]> }) {
  const { t, sentence } = useTranslation();
  if (evidence.length === 0) return null;
  return (
    <details>
      <summary>{t("series.evidence")}</summary>
      <ul>
        {evidence.map((reason) => (
          <li key={`${reason.rule} ${reason.words}`} dir="auto">
            {sentence(reason.translatable?.["words"], reason.words)}
          </li>
        ))}
      </ul>
    </details>
  );
}
