import { LayoutGrid, Table2 } from "lucide-react";
import { useMemo, useRef } from "react";
import { useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { LetterRail } from "../../list/letter-rail";
import { ListBar, SearchField, Select, Sort, Toggle } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useSelection } from "../../list/selection";
import { SelectionBar } from "../../list/selection-bar";
import { useColumns } from "../../list/use-columns";
import { useNarrow } from "../../list/use-narrow";
import { IconButton } from "../../parts/button";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { BookCover } from "./book-cover";
import { BookRow, TEMPLATE } from "./book-row";
import css from "./library.module.css";
import { useLibraryActions } from "./use-library-actions";

const SORTS = ["added_at", "title", "published_year", "duration_seconds", "size_bytes", "updated_at"] as const;
const ORDERS = orders("-added_at", SORTS);
const CONFIDENCES = ["HIGH", "MEDIUM", "LOW", "UNMATCHED"] as const;
const STATUSES = ["duplicate", "archived"] as const;
const FILTERS = ["q", "incomplete", "files_missing", "match_confidence", "status", "author", "narrator"];
const COVER_WIDTH = 150;
const COVER_GAP = 16;
/** The height of the two lines below a cover, with its space. */
const COVER_WORDS = 68;

export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const space = useRef<HTMLDivElement>(null);
  const grid = useColumns(space, narrow ? 130 : COVER_WIDTH, COVER_GAP);
  const asTable = address.get("view") === "table";
  const query = address.get("q");
  const sort = address.oneOf("sort", ORDERS);
  const filters = useMemo(
    () => ({
      status: address.filter("status", STATUSES) ?? ("active" as const),
      ...(address.get("incomplete") ? { incomplete: true } : {}),
      ...(address.get("files_missing") ? { files_missing: true } : {}),
      ...optional("match_confidence", address.filter("match_confidence", CONFIDENCES)),
      ...optional("author", address.get("author") || undefined),
      ...optional("narrator", address.get("narrator") || undefined),
    }),
    [address],
  );
  const rows = usePagedRows<Schema["Book"]>(
    query ? ["books", "search", query, filters.status] : ["books", "list", sort, filters],
    (offset, limit, signal) =>
      query
        ? ok(api.GET("/api/books/search", { params: { query: { query, status: filters.status, offset, limit } }, signal }))
        : ok(api.GET("/api/books", { params: { query: { ...filters, sort, offset, limit } }, signal })),
    address.place,
  );
  const selection = useSelection(JSON.stringify([query, filters]), rows.total ?? 0, rows.row);
  const actions = useLibraryActions(selection.count);
  const count =
    rows.total === undefined
      ? ""
      : t(query ? "library.found" : "library.books", { count: rows.total });
  const hasLetters = !query && (sort === "title" || sort === "-title");
  const letterSort = sort === "-title" ? "-title" : "title";
  const rail = (jump: (index: number) => void) => (
    <LetterRail
      queryKey={["books", "letters", letterSort, filters]}
      load={(signal) => ok(api.GET("/api/books/letters", { params: { query: { ...filters, sort: letterSort } }, signal }))}
      onJump={jump}
    />
  );
  return (
    <div className={page.page}>
      <ListBar
        title={t("library.title")}
        count={count}
        view={
          <span className={css.view} role="group" aria-label={t("list.view")}>
            <IconButton
              label={t("list.covers")}
              icon={<LayoutGrid />}
              aria-pressed={!asTable}
              onClick={() => address.set({ view: "" })}
            />
            <IconButton
              label={t("list.table")}
              icon={<Table2 />}
              aria-pressed={asTable}
              onClick={() => address.set({ view: "table" })}
            />
          </span>
        }
      >
        <SearchField label={t("library.find")} value={query} onChange={(q) => address.set({ q })} />
        {!query && (
          <>
            <Sort
              value={sort}
              fields={SORTS.map((field) => [field, t(`library.sort.${field}`)] as const)}
              onChange={(next) => address.set({ sort: next })}
            />
            <Toggle
              label={t("library.filters.incomplete")}
              on={"incomplete" in filters}
              onChange={(on) => address.set({ incomplete: on ? "yes" : "" })}
            />
            <Toggle
              label={t("library.filters.files_missing")}
              on={"files_missing" in filters}
              onChange={(on) => address.set({ files_missing: on ? "yes" : "" })}
            />
            <Select
              label={t("library.filters.match_confidence")}
              value={address.filter("match_confidence", CONFIDENCES) ?? ""}
              options={[["", t("list.any")], ...CONFIDENCES.map((each) => [each, t(`library.confidence.${each}`)] as const)]}
              onChange={(match_confidence) => address.set({ match_confidence })}
            />
          </>
        )}
        <Select
          label={t("library.filters.status")}
          value={address.filter("status", STATUSES) ?? ""}
          options={[
            ["", t("library.status.active")],
            ...STATUSES.map((each) => [each, t(`library.status.${each}`)] as const),
          ]}
          onChange={(status) => address.set({ status })}
        />
      </ListBar>
      <SelectionBar
        selection={selection}
        total={rows.total ?? 0}
        filter={query ? undefined : filters}
        actions={actions}
        subjects={["books", "runs"]}
      />
      <div ref={space} className={css.space}>
        <LongList
          rows={rows}
          address={address}
          filters={FILTERS}
          id={`${asTable}`}
          label={t("library.title")}
          empty={{ title: t("library.empty"), text: t("library.emptyText") }}
          onOpen={(book) => void navigate(`/library/${book.id}`)}
          rail={hasLetters ? rail : undefined}
          {...(asTable
            ? {
                rowHeight: 56,
                template: narrow ? "minmax(0, 1fr) auto" : TEMPLATE,
                header: (
                  <ColumnHeaders
                    selected={t("selection.column")}
                    columns={HEADERS.map(([name, field]) => [t(`library.columns.${name}`), field] as const)}
                    sort={query ? "" : sort}
                    onSort={(next) => address.set({ q: "", sort: next })}
                  />
                ),
              }
            : { columns: grid.columns, rowHeight: Math.round(grid.width + COVER_WORDS) })}
        >
          {({ item, index, current }) =>
            asTable ? (
              <BookRow book={item} index={index} current={current} selection={selection} />
            ) : (
              <BookCover book={item} index={index} current={current} selection={selection} />
            )
          }
        </LongList>
      </div>
    </div>
  );
}

const HEADERS = [
  ["title", "title"],
  ["author", null],
  ["series", null],
  ["narrator", null],
  ["year", "published_year"],
  ["duration", "duration_seconds"],
  ["complete", null],
] as const;

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}
