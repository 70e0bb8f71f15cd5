import { useInfiniteQuery } from "@tanstack/react-query";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import type { Subject } from "../../live/queries";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { ChoiceBar } from "../../parts/choice-bar";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useGapDecision } from "../book/use-gap-decision";
import { EvidenceList, TONES } from "../series/work-facts";
import type { State, Work } from "../series/works";
import css from "./authors.module.css";

const STATES: readonly State[] = [
  "missing",
  "upcoming",
  "was_owned",
  "maybe_owned",
  "owned",
  "in_omnibus",
  "ignored",
  "not_counted",
];
const PAGE_SIZE = 100;

interface WorkSectionProps {
  queryKey: readonly [Subject, ...string[]];
  /** Load a part of the list. */
  load: (query: { limit: number; offset: number; state?: State }, signal: AbortSignal) => Promise<Schema["WorkList"]>;
}

/** Every work that the providers know of an author or a series: what the library has of it, why, and who lists it. */
export function WorkSection({ queryKey, load }: WorkSectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const state = address.filter("state", STATES);
  const works = useInfiniteQuery({
    queryKey: [...queryKey, state],
    queryFn: ({ pageParam, signal }) =>
      load({ limit: PAGE_SIZE, offset: pageParam, ...(state ? { state } : {}) }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + last.items.length < last.total ? last.offset + last.items.length : undefined),
  });
  const first = works.data?.pages[0];
  const counts = first?.counts ?? {};
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const items = works.data?.pages.flatMap((each) => each.items) ?? [];
  return (
    <Section title={t("authors.works")} text={first && <Sources list={first} />}>
      {!first && (
        <div className={css.awaited}>
          <Waiting query={works} />
        </div>
      )}
      {first && works.error && <Failed part error={works.error} onRetry={() => void works.refetch()} />}
      {first?.problem && <p className={css.warning}>{first.problem}</p>}
      {first && all > 0 && (
        <ChoiceBar
          label={t("list.filter")}
          value={state ?? ""}
          options={[
            ["", `${t("list.any")} (${format.number(all)})`],
            ...STATES.filter((each) => counts[each] || each === state).map(
              (each) => [each, `${stateWords(t, each)} (${format.number(counts[each] ?? 0)})`] as [State, string],
            ),
          ]}
          onChange={(next) => address.set({ state: next })}
        />
      )}
      {state === "not_counted" && <p className={css.quiet}>{t("authors.leftOutText")}</p>}
      {first && items.length === 0 && <p className={css.quiet}>{t(all > 0 ? "states.emptyFiltered" : "authors.noWorks")}</p>}
      <ul className={css.works}>
        {items.map((work) => (
          <WorkLine key={work.id} work={work} />
        ))}
      </ul>
      {works.hasNextPage && (
        <Button disabled={works.isFetchingNextPage} onClick={() => void works.fetchNextPage()}>
          {t("authors.moreWorks", { count: (works.data?.pages.at(-1)?.total ?? 0) - items.length })}
        </Button>
      )}
    </Section>
  );
}

/** The lists that were compared, each with its provider and age. */
function Sources({ list }: { list: Schema["WorkList"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!list.compared_at) return t("series.notCompared");
  const sources = (list.sources ?? []).map(({ provider, works, collected_at }) =>
    t("authors.sourceOf", { provider: systemName(provider), works, when: format.relative(collected_at) }),
  );
  if (sources.length === 0) return t("authors.noSources", { when: format.relative(list.compared_at) });
  return t("authors.sources", { when: format.relative(list.compared_at), sources: format.list(sources) });
}

function WorkLine({ work }: { work: Work }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const page = work.book_id ? `/library/${work.book_id}` : work.missing_book_id ? `/wanted/${work.missing_book_id}` : null;
  const decide = useGapDecision(work.missing_book_id ?? "", work.title);
  const next = work.state === "missing" ? "ignored" : work.state === "ignored" ? "identified" : null;
  const released = work.release_date ? format.date(work.release_date) : work.published_year;
  return (
    <li>
      <div className={css.workTitle}>
        {page ? (
          <Link to={page} dir="auto">
            {work.title}
          </Link>
        ) : (
          <span dir="auto">{work.title}</span>
        )}
        <span className={css.quiet}>
          {[t(`series.kind.${work.kind}`), work.place ? t("series.place", { place: work.place }) : "", released]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <div className={css.workState}>
        <Badge tone={TONES[work.state]}>{stateWords(t, work.state)}</Badge>
      </div>
      <div className={css.workWhy}>
        <span dir="auto">{sentence(work.translatable?.["why"], work.why)}</span>
        <span className={css.quiet}>
          {(work.providers ?? []).length > 0
            ? t("series.providers", { providers: systemName((work.providers ?? []).join(", ")) })
            : t("authors.noProviders")}
        </span>
        <EvidenceList evidence={work.evidence ?? []} />
        {work.missing_book_id && next && (
          <Button className={css.decide} disabled={decide.isPending} onClick={() => decide.mutate(next)}>
            {t(next === "ignored" ? "series.ignore" : "series.unignore")}
          </Button>
        )}
      </div>
    </li>
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

function stateWords(t: Translate, state: State): string {
  return state === "not_counted" ? t("authors.leftOut") : t(`series.state.${state}`);
}
