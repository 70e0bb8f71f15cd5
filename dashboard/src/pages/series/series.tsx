import { useMemo } from "react";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { LetterRail } from "../../list/letter-rail";
import { ListBar, SearchField, Select, Sort, Toggle } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import css from "./board.module.css";
import { SeriesRow, TEMPLATE } from "./series-row";
import type { State } from "./works";

const SORTS = ["missing", "completion_percent", "name", "owned", "last_checked_at"] as const;
const ORDERS = orders("-missing", SORTS);
const STATUSES = ["incomplete", "partial", "complete", "unknown"] as const;
const FILTERS = ["q", "completion_status", "monitored"];
const LEGEND: readonly State[] = ["owned", "in_omnibus", "maybe_owned", "missing", "upcoming", "was_owned", "ignored"];

/** The gap board: a row for each series, with its works as cells. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const query = address.get("q");
  const sort = address.oneOf("sort", ORDERS);
  const status = address.filter("completion_status", STATUSES);
  const monitored = address.get("monitored") !== "";
  const filters = useMemo(
    () => ({ ...(status ? { completion_status: status } : {}), ...(monitored ? { monitored: true } : {}) }),
    [status, monitored],
  );
  const rows = usePagedRows<Schema["Series"]>(
    query ? ["series", "search", query] : ["series", "list", sort, filters],
    (offset, limit, signal) =>
      query
        ? ok(api.GET("/api/series/search", { params: { query: { query, offset, limit } }, signal }))
        : ok(api.GET("/api/series", { params: { query: { ...filters, sort, offset, limit } }, signal })),
    address.place,
  );
  const letterSort = sort === "-name" ? "-name" : "name";
  const rail = (jump: (index: number) => void) => (
    <LetterRail
      queryKey={["series", "letters", letterSort, filters]}
      load={(signal) => ok(api.GET("/api/series/letters", { params: { query: { ...filters, sort: letterSort } }, signal }))}
      onJump={jump}
    />
  );
  const count =
    rows.total === undefined
      ? ""
      : t("series.series", { count: rows.total });
  return (
    <div className={page.page}>
      <ListBar title={t("series.title")} count={count}>
        <SearchField label={t("series.find")} value={query} onChange={(q) => address.set({ q })} />
        {!query && (
          <>
            <Sort
              value={sort}
              fields={SORTS.map((field) => [field, t(`series.sort.${field}`)] as const)}
              onChange={(next) => address.set({ sort: next })}
            />
            <Select
              label={t("list.filter")}
              value={status ?? ""}
              options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`series.status.${each}`)] as const)]}
              onChange={(completion_status) => address.set({ completion_status })}
            />
            <Toggle
              label={t("series.followed")}
              on={monitored}
              onChange={(on) => address.set({ monitored: on ? "yes" : "" })}
            />
          </>
        )}
      </ListBar>
      <ul className={css.legend}>
        {LEGEND.map((state) => (
          <li key={state}>
            <span className={css.cell} data-state-of-work={state} aria-hidden="true" />
            {t(`series.state.${state}`)}
          </li>
        ))}
      </ul>
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([query, sort, filters])}
        label={t("series.title")}
        rowHeight={narrow ? 156 : 92}
        template={narrow ? "minmax(0, 1fr)" : TEMPLATE}
        rail={!query && (sort === "name" || sort === "-name") ? rail : undefined}
        empty={{ title: t("series.empty"), text: t("series.emptyText") }}
        onOpen={(_, index) => focusCell(index)}
      >
        {({ item, current }) => <SeriesRow series={item} current={current} />}
      </LongList>
    </div>
  );
}

/** Move the focus into a row: to its first missing book, or else to its first. */
function focusCell(index: number): void {
  const row = document.querySelector(`[data-index="${index}"]`);
  const missing = row?.querySelector<HTMLElement>('[data-state-of-work="missing"]');
  (missing ?? row?.querySelector<HTMLElement>("[data-cell]"))?.focus();
}
