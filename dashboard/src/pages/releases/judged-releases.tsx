import { useState } from "react";

import { useListAddress } from "../../list/address";
import { SearchField, Sort } from "../../list/list-bar";
import { Button } from "../../parts/button";
import { Empty } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { GrabDialog } from "./grab-dialog";
import { countsOf, keyOf, shownBy, sorted, SORTS, STATES, type Judged } from "./judged";
import { JudgedRow } from "./judged-row";
import { ReasonChips } from "./reason-chips";
import css from "./releases.module.css";

/** More rows are drawn only on demand, because a search of many indexers may find a thousand releases. */
const DRAWN_AT_FIRST = 100;
const ORDERS = [...SORTS, ...SORTS.map((sort) => `-${sort}` as const)] as const;
const COLUMNS = ["release", "verdict", "audio", "size", "seeders", "age", "cost", "actions"] as const;

interface JudgedReleasesProps {
  releases: readonly Judged[];
  busy: boolean;
  onGrab: (judged: Judged) => Promise<unknown>;
  onBlock: (judged: Judged) => void;
  onUnblock: (judged: Judged) => void;
}

/** Releases with their verdicts: filtered by reason, sorted, grabbed after a question, or blocked. */
export function JudgedReleases({ releases, busy, onGrab, onBlock, onUnblock }: JudgedReleasesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const [asking, setAsking] = useState<Judged | null>(null);
  const [all, setAll] = useState(false);
  const sort = address.oneOf("sort", ORDERS);
  const filter = { state: address.filter("state", STATES), rule: address.get("rule"), text: address.get("q") };
  const field = sort.replace(/^-/, "") as (typeof SORTS)[number];
  const shown = sorted(shownBy(filter, releases), field, sort.startsWith("-"));
  const drawn = all ? shown : shown.slice(0, DRAWN_AT_FIRST);
  const [found, counted] = [format.number(releases.length), format.number(shown.length)];
  return (
    <>
      <div className={css.bar}>
        <SearchField label={t("releases.find")} value={filter.text} onChange={(q) => address.set({ q })} />
        <Sort
          value={sort}
          fields={SORTS.map((each) => [each, t(`releases.sort.${each}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
        <p aria-live="polite" className={css.count}>
          {t("releases.shown", { found, shown: counted })}
        </p>
      </div>
      <ReasonChips counts={countsOf(releases)} filter={filter} onChange={address.set} />
      {shown.length === 0 ? (
        <Empty
          title={t("states.emptyFiltered")}
          action={<Button onClick={() => address.set({ state: "", rule: "", q: "" })}>{t("states.clearFilters")}</Button>}
        />
      ) : (
        <table className={css.table}>
          <caption className="visually-hidden">{t("releases.title")}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" data-column={column}>
                  {t(`releases.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((judged) => (
              <JudgedRow
                key={keyOf(judged)}
                judged={judged}
                busy={busy}
                onGrab={() => setAsking(judged)}
                onBlock={() => onBlock(judged)}
                onUnblock={() => onUnblock(judged)}
              />
            ))}
          </tbody>
        </table>
      )}
      {drawn.length < shown.length && (
        <p>
          <Button onClick={() => setAll(true)}>{t("releases.showAll", { shown: counted })}</Button>
        </p>
      )}
      {asking && (
        <GrabDialog
          judged={asking}
          busy={busy}
          onClose={() => setAsking(null)}
          onGrab={() => void onGrab(asking).finally(() => setAsking(null))}
        />
      )}
    </>
  );
}
