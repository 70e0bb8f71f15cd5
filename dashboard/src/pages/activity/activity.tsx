import { useMemo } from "react";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, SearchField, Select, Sort, Toggle } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useSelection } from "../../list/selection";
import { SelectionBar } from "../../list/selection-bar";
import { useNarrow } from "../../list/use-narrow";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { ActivityRow, TEMPLATE } from "./activity-row";
import { useActivityActions } from "./use-activity-actions";
import { WaitingImports } from "./waiting";

const SORTS = ["created_at", "updated_at", "title", "progress", "priority"] as const;
const ORDERS = orders("-created_at", SORTS);
const STATUSES = [
  "queued",
  "searching",
  "downloading",
  "completed",
  "importing",
  "imported",
  "failed",
  "abandoned",
  "cancelled",
] as const;
const FILTERS = ["q", "status", "waiting"];
const HEADERS = [
  ["title", "title"],
  ["stage", null],
  ["progress", "progress"],
  ["waits", null],
  ["changed", "updated_at"],
  ["actions", null],
] as const;

/** The downloads, each with its stage and what it waits for. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const query = address.get("q");
  const sort = address.oneOf("sort", ORDERS);
  const status = address.filter("status", STATUSES);
  const waiting = address.get("waiting") !== "";
  const filters = useMemo(
    () => ({ ...(status ? { status: [status] } : {}), ...(waiting ? { waiting: true } : {}) }),
    [status, waiting],
  );
  const rows = usePagedRows<Schema["Download"]>(
    query ? ["downloads", "search", query, sort] : ["downloads", "list", sort, filters],
    (offset, limit, signal) =>
      query
        ? ok(api.GET("/api/downloads/search", { params: { query: { query, sort, offset, limit } }, signal }))
        : ok(api.GET("/api/downloads", { params: { query: { ...filters, sort, offset, limit } }, signal })),
    address.place,
  );
  const selection = useSelection(JSON.stringify([query, filters]), rows.total ?? 0, rows.row);
  const actions = useActivityActions(selection.count);
  const count =
    rows.total === undefined
      ? ""
      : t("activity.downloads", { count: rows.total });
  return (
    <div className={page.page}>
      <ListBar title={t("activity.title")} count={count}>
        <SearchField label={t("activity.find")} value={query} onChange={(q) => address.set({ q })} />
        <Sort
          value={sort}
          fields={SORTS.map((field) => [field, t(`activity.sort.${field}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
        {!query && (
          <>
            <Select
              label={t("activity.filters.status")}
              value={status ?? ""}
              options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`activity.status.${each}`)] as const)]}
              onChange={(next) => address.set({ status: next })}
            />
            <Toggle
              label={t("activity.filters.waiting")}
              on={waiting}
              onChange={(on) => address.set({ waiting: on ? "yes" : "" })}
            />
          </>
        )}
      </ListBar>
      <WaitingImports />
      <SelectionBar
        selection={selection}
        total={rows.total ?? 0}
        filter={query ? undefined : filters}
        actions={actions}
        subjects={["downloads", "missing", "timelines"]}
      />
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([query, sort, filters])}
        label={t("activity.title")}
        rowHeight={narrow ? 124 : 60}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            selected={t("selection.column")}
            columns={HEADERS.map(([name, field]) => [t(`activity.columns.${name}`), field] as const)}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("activity.empty"), text: t("activity.emptyText") }}
        onOpen={(download) => void navigate(`/activity/${download.id}`)}
      >
        {({ item, index, current }) => (
          <ActivityRow download={item} index={index} current={current} selection={selection} />
        )}
      </LongList>
    </div>
  );
}
