import { UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "../../words";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { LetterRail } from "../../list/letter-rail";
import { ListBar, SearchField, Select, Sort } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { Button } from "../../parts/button";
import page from "../page.module.css";
import { AddAuthor } from "./add-author";
import { AuthorRow, TEMPLATE } from "./author-row";
import { MODES } from "./follow";

const SORTS = ["name", "owned", "missing", "completion_percent", "last_checked_at"] as const;
const ORDERS = orders("name", SORTS);
const STATUSES = ["incomplete", "partial", "complete", "unknown"] as const;
const FILTERS = ["q", "follow", "completion_status"];
const HEADERS = [
  ["name", "name"],
  ["follow", null],
  ["owned", "owned"],
  ["complete", "completion_percent"],
  ["missing", "missing"],
  ["compared", "last_checked_at"],
] as const;

/** The authors: how each is followed, and what the library has of them. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const [adding, setAdding] = useState(false);
  const query = address.get("q");
  const sort = address.oneOf("sort", ORDERS);
  const follow = address.filter("follow", MODES.author);
  const status = address.filter("completion_status", STATUSES);
  const filters = useMemo(
    () => ({ ...(follow ? { follow: [follow] } : {}), ...(status ? { completion_status: status } : {}) }),
    [follow, status],
  );
  const rows = usePagedRows<Schema["Author"]>(
    query ? ["authors", "search", query] : ["authors", "list", sort, filters],
    (offset, limit, signal) =>
      query
        ? ok(api.GET("/api/authors/search", { params: { query: { query, offset, limit } }, signal }))
        : ok(api.GET("/api/authors", { params: { query: { ...filters, sort, offset, limit } }, signal })),
    address.place,
  );
  const letterSort = sort === "-name" ? "-name" : "name";
  const rail = (jump: (index: number) => void) => (
    <LetterRail
      queryKey={["authors", "letters", letterSort, filters]}
      load={(signal) => ok(api.GET("/api/authors/letters", { params: { query: { ...filters, sort: letterSort } }, signal }))}
      onJump={jump}
    />
  );
  const count =
    rows.total === undefined
      ? ""
      : t("authors.authors", { count: rows.total });
  const add = (
    <Button icon={<UserPlus aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t("authors.add")}
    </Button>
  );
  return (
    <div className={page.page}>
      <ListBar title={t("authors.title")} count={count} view={add}>
        <SearchField label={t("authors.find")} value={query} onChange={(q) => address.set({ q })} />
        {!query && (
          <>
            <Sort
              value={sort}
              fields={SORTS.map((field) => [field, t(`authors.sort.${field}`)] as const)}
              onChange={(next) => address.set({ sort: next })}
            />
            <Select
              label={t("authors.followed")}
              value={follow ?? ""}
              options={[["", t("list.any")], ...MODES.author.map((each) => [each, t(`authors.follow.${each}`)] as const)]}
              onChange={(next) => address.set({ follow: next })}
            />
            <Select
              label={t("authors.complete")}
              value={status ?? ""}
              options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`series.status.${each}`)] as const)]}
              onChange={(completion_status) => address.set({ completion_status })}
            />
          </>
        )}
      </ListBar>
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([query, sort, filters])}
        label={t("authors.title")}
        rowHeight={narrow ? 84 : 52}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={HEADERS.map(([name, field]) => [t(`authors.columns.${name}`), field] as const)}
            sort={query ? "" : sort}
            onSort={(next) => address.set({ q: "", sort: next })}
          />
        }
        rail={!query && (sort === "name" || sort === "-name") ? rail : undefined}
        empty={{ title: t("authors.empty"), text: t("authors.emptyText") }}
        onOpen={(author) => void navigate(`/authors/${author.id}`)}
      >
        {({ item, current }) => <AuthorRow author={item} current={current} />}
      </LongList>
      {adding && <AddAuthor onClose={() => setAdding(false)} />}
    </div>
  );
}
