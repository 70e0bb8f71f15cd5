import { useMemo } from "react";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, Select, Sort } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useSelection } from "../../list/selection";
import { SelectionBar } from "../../list/selection-bar";
import { useNarrow } from "../../list/use-narrow";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { useWantedActions } from "./use-wanted-actions";
import { TEMPLATE, WantedRow } from "./wanted-row";

const SORTS = [
  "priority",
  "title",
  "absence",
  "last_searched_at",
  "next_try_at",
  "identified_at",
  "updated_at",
  "published_year",
] as const;
const ORDERS = orders("-priority", SORTS);
/** The statuses of books that are not here. */
const NOT_HERE = ["was_owned", "failed", "downloading", "queued", "identified"] as const;
const STATUSES = ["identified", "queued", "downloading", "failed", "upcoming", "was_owned", "ignored", "completed"] as const;
const REASONS = ["series_gap", "author_gap", "top10", "list", "manual"] as const;
const ABSENCES = [
  "not_searched",
  "searching",
  "approval",
  "decision",
  "disk",
  "account",
  "delayed",
  "unavailable",
  "no_release",
  "unacceptable",
  "failed",
  "given_up",
  "cancelled",
  "downloading",
  "importing",
  "upcoming",
  "ignored",
  "was_owned",
] as const;
const FILTERS = ["status", "reason", "why"];
const HEADERS = [
  ["title", "title"],
  ["series", null],
  ["because", null],
  ["why", "absence"],
  ["last", "last_searched_at"],
  ["next", "next_try_at"],
  ["actions", null],
] as const;

/** The books that are missing, each with the reason why it is not here yet. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const sort = address.oneOf("sort", ORDERS);
  const status = address.filter("status", STATUSES);
  const reason = address.filter("reason", REASONS);
  const why = address.filter("why", ABSENCES);
  const filters = useMemo(
    () => ({
      ...(reason ? { reason: [reason] } : {}),
      ...(why ? { absence: [why] } : {}),
      ...(status ? { status: [status] } : why ? {} : { status: [...NOT_HERE] }),
    }),
    [reason, why, status],
  );
  const rows = usePagedRows<Schema["MissingBook"]>(
    ["missing", "list", sort, filters],
    (offset, limit, signal) => {
      const query = { ...filters, sort, offset, limit };
      return ok(api.GET("/api/books/missing", { params: { query }, signal }));
    },
    address.place,
  );
  const selection = useSelection(JSON.stringify(filters), rows.total ?? 0, rows.row);
  const actions = useWantedActions();
  const count =
    rows.total === undefined
      ? ""
      : t(status || why ? "list.rows" : "wanted.books", { count: rows.total });
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
        <Select
          label={t("wanted.columns.why")}
          value={why ?? ""}
          options={[["", t("list.any")], ...ABSENCES.map((each) => [each, t(`absence.${each}`)] as const)]}
          onChange={(next) => address.set({ why: next })}
        />
        <Sort
          value={sort}
          fields={SORTS.map((field) => [field, t(`wanted.sort.${field}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      <SelectionBar
        selection={selection}
        total={rows.total ?? 0}
        filter={filters}
        actions={actions}
        subjects={["missing", "series", "downloads", "timelines"]}
      />
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([sort, filters])}
        label={t("wanted.title")}
        rowHeight={narrow ? 92 : 60}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            selected={t("selection.column")}
            columns={HEADERS.map(([name, field]) => [t(`wanted.columns.${name}`), field] as const)}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("wanted.empty"), text: t("wanted.emptyText") }}
        onOpen={(book) => void navigate(`/wanted/${book.id}`)}
      >
        {({ item, index, current }) => (
          <WantedRow book={item} index={index} current={current} selection={selection} />
        )}
      </LongList>
    </div>
  );
}
