import { useCallback, useMemo } from "react";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, Select, Sort } from "../../list/list-bar";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { VirtualRows } from "../../list/virtual-rows";
import { Button } from "../../parts/button";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { TEMPLATE, WantedRow } from "./wanted-row";

const SORTS = ["priority", "title", "identified_at", "updated_at", "published_year"] as const;
const ORDERS = ["-priority", ...SORTS, ...SORTS.map((sort) => `-${sort}` as const)] as const;
/** The statuses of books that are not here. */
const NOT_HERE = ["was_owned", "failed", "downloading", "queued", "identified"] as const;
const STATUSES = ["identified", "queued", "downloading", "failed", "upcoming", "was_owned", "ignored", "completed"] as const;
const REASONS = ["series_gap", "author_gap", "top10", "list", "manual"] as const;
const FILTERS = ["status", "reason"];
const HEADERS = [
  ["title", "title"],
  ["series", null],
  ["because", null],
  ["why", null],
  ["last", null],
  ["next", null],
  ["actions", null],
] as const;

/** The books that are missing, each with the reason why it is not here yet. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const sort = address.oneOf("sort", ORDERS);
  const status = address.filter("status", STATUSES);
  const reason = address.filter("reason", REASONS);
  const filters = useMemo(() => (reason ? { reason: [reason] } : {}), [reason]);
  const rows = usePagedRows<Schema["MissingBook"]>(
    ["missing", "list", sort, filters, status],
    (offset, limit, signal) => {
      const query = { ...filters, status: status ? [status] : [...NOT_HERE], sort, offset, limit };
      return ok(api.GET("/api/books/missing", { params: { query }, signal }));
    },
    address.place,
  );
  const { row } = rows;
  const onOpen = useCallback(
    (index: number) => {
      const book = row(index);
      if (book) void navigate(`/wanted/${book.id}`);
    },
    [navigate, row],
  );
  const count =
    rows.total === undefined
      ? ""
      : t(status ? "list.rows" : "wanted.books", { count: rows.total, replace: { count: format.number(rows.total) } });
  return (
    <div className={page.page}>
      <ListBar title={t("wanted.title")} count={count}>
        <Select
          label={t("activity.filters.status")}
          value={status ?? ""}
          options={[["", t("wanted.notHere")], ...STATUSES.map((each) => [each, t(`wanted.status.${each}`)] as const)]}
          onChange={(next) => address.set({ status: next })}
        />
        <Select
          label={t("wanted.columns.because")}
          value={reason ?? ""}
          options={[["", t("list.any")], ...REASONS.map((each) => [each, t(`wanted.reason.${each}`)] as const)]}
          onChange={(next) => address.set({ reason: next })}
        />
        <Sort
          value={sort}
          fields={SORTS.map((field) => [field, t(`wanted.sort.${field}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      {rows.error !== null && rows.total !== undefined && <Failed part error={rows.error} onRetry={rows.refetch} />}
      {rows.total === undefined && <Waiting query={rows} />}
      {rows.total === 0 &&
        (address.isFiltered(FILTERS) ? (
          <Empty
            title={t("states.emptyFiltered")}
            action={
              <Button onClick={() => address.set({ status: "", reason: "" })}>{t("states.clearFilters")}</Button>
            }
          />
        ) : (
          <Empty title={t("wanted.empty")}>{t("wanted.emptyText")}</Empty>
        ))}
      {rows.total !== undefined && rows.total > 0 && (
        <VirtualRows
          key={JSON.stringify([sort, filters, status])}
          label={t("wanted.title")}
          total={rows.total}
          place={address.place}
          rowHeight={narrow ? 92 : 60}
          template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
          header={
            <ColumnHeaders
              columns={HEADERS.map(([name, field]) => [t(`wanted.columns.${name}`), field] as const)}
              sort={sort}
              onSort={(next) => address.set({ sort: next })}
            />
          }
          onShow={rows.show}
          onOpen={onOpen}
        >
          {({ index, current }) => <WantedRow book={row(index)} current={current} />}
        </VirtualRows>
      )}
    </div>
  );
}
