import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "../../words";
import { useParams } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, Select, Sort, Toggle } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { BackButton } from "../../parts/back-button";
import { Failed } from "../../parts/states";
import page from "../page.module.css";
import { EntryDecision } from "./entry-decision";
import { EntryRow, TEMPLATE } from "./entry-row";
import { STATES } from "./entry-states";

type Entry = Schema["ImportListEntry"];

const SORTS = ["added_at", "title", "state", "matched_at"] as const;
const ORDERS = orders("-added_at", SORTS);
const HEADERS = [
  ["listed", "title"],
  ["match", null],
  ["entryState", "state"],
  ["why", null],
  ["added", "added_at"],
] as const;
const FILTERS = ["state", "removed"];

/** The entries of one import list: what each was matched with, and what became of it. */
export function Component() {
  const { t } = useTranslation();
  const { listId = "" } = useParams();
  const address = useListAddress();
  const narrow = useNarrow();
  const [opened, setOpened] = useState<Entry>();
  const sort = address.oneOf("sort", ORDERS);
  const state = address.filter("state", STATES);
  const removed = address.get("removed") !== "";
  const filters = useMemo(() => ({ removed, ...(state ? { state } : {}) }), [removed, state]);
  const path = { list_id: listId };
  const list = useQuery({
    queryKey: ["lists", "one", listId],
    queryFn: ({ signal }) => ok(api.GET("/api/import-lists/{list_id}", { params: { path }, signal })),
  });
  const rows = usePagedRows<Entry>(
    ["lists", "entries", listId, sort, filters],
    (offset, limit, signal) =>
      ok(
        api.GET("/api/import-lists/{list_id}/entries", {
          params: { path, query: { ...filters, sort, offset, limit } },
          signal,
        }),
      ),
    address.place,
  );
  const count = rows.total === undefined ? "" : t("list.rows", { count: rows.total });
  return (
    <div className={page.page}>
      <BackButton list="/discover?tab=lists" />
      <ListBar title={list.data?.name ?? t("discover.list")} count={count}>
        <Select
          label={t("discover.columns.entryState")}
          value={state ?? ""}
          options={[["", t("list.any")], ...STATES.map((each) => [each, t(`discover.entryState.${each}`)] as const)]}
          onChange={(next) => address.set({ state: next })}
        />
        <Toggle
          label={t("discover.removed")}
          on={removed}
          onChange={(on) => address.set({ removed: on ? "yes" : "" })}
        />
        <Sort
          value={sort}
          fields={SORTS.map((field) => [field, t(`discover.sort.${field}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      {list.error !== null && <Failed part error={list.error} onRetry={() => void list.refetch()} />}
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([sort, filters])}
        label={list.data?.name ?? t("discover.list")}
        rowHeight={narrow ? 108 : 60}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={HEADERS.map(([name, field]) => [t(`discover.columns.${name}`), field] as const)}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("discover.noEntries"), text: t("discover.noEntriesText") }}
        onOpen={setOpened}
      >
        {({ item }) => <EntryRow entry={item} />}
      </LongList>
      {opened && <EntryDecision entry={opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
}
