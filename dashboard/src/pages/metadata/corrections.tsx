import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, Select, Sort } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { Button } from "../../parts/button";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { FIELDS } from "../book/field-values";
import page from "../page.module.css";
import { Ask, type Question } from "./ask";
import { CorrectionDialog } from "./correction-dialog";
import { CorrectionRow, TEMPLATE } from "./correction-row";
import { SetFilter } from "./reasons";
import css from "./metadata.module.css";
import { Tabs } from "./tabs";
import { useSources } from "./use-sources";
import { useUndo } from "./use-undo";

type Correction = Schema["Correction"];

const SORTS = ["made_at", "book_title", "field", "status", "source"] as const;
const ORDERS = orders("-made_at", SORTS);
const STATUSES = ["applied", "proposed", "refused", "undoing", "undone"] as const;
const FILTERS = ["field", "status", "source", "day", "book", "run", "by"];

/** What was changed in the library, and by whom. Each change can be undone, and so can those of a run or of a day. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const sources = useSources();
  const sourceName = useSourceName();
  const undo = useUndo();
  const [open, setOpen] = useState<Correction | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const sort = address.oneOf("sort", ORDERS);
  const status = address.filter("status", STATUSES);
  const field = address.filter("field", FIELDS);
  const [source, book, run, by] = ["source", "book", "run", "by"].map((name) => address.get(name));
  const day = dayIn(address.get("day"));
  const filter = useMemo(
    () => ({
      ...(field ? { field } : {}),
      ...(source ? { source } : {}),
      ...(book ? { book_id: book } : {}),
      ...(run ? { run_id: run } : {}),
      ...(by ? { made_by: by } : {}),
      ...(day ? { day } : {}),
    }),
    [field, source, book, run, by, day],
  );
  const isFiltered = Object.keys(filter).length > 0;
  const rows = usePagedRows<Correction>(
    ["corrections", "list", sort, status, filter],
    (offset, limit, signal) => {
      const query = { ...filter, ...(status ? { status } : {}), sort, offset, limit };
      return ok(api.GET("/api/metadata/corrections", { params: { query }, signal }));
    },
    address.place,
  );
  const applied = useQuery({
    queryKey: ["corrections", "applied", filter],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/metadata/corrections", { params: { query: { ...filter, status: "applied", limit: 1 } }, signal })),
    enabled: isFiltered,
    select: (found) => found.total,
  });
  const ask = (count: number, selection: Schema["CorrectionSelection"]) =>
    setQuestion({
      title: t("metadata.corrections.undoTitle", { count }),
      text: t("metadata.corrections.undoText", { count }),
      action: t("metadata.corrections.undoDo", { count }),
      danger: true,
      onYes: () => {
        undo.mutate(selection);
        setQuestion(null);
        setOpen(null);
      },
    });
  const undoOne = (correction: Correction) => ask(1, { ids: [correction.id] });
  const total = rows.total ?? 0;
  const count = applied.data ?? 0;
  return (
    <div className={page.page}>
      <Tabs />
      <ListBar
        title={t("metadata.corrections.title")}
        count={
          rows.total === undefined ? "" : t("metadata.corrections.count", { count: total })
        }
      >
        <label className={css.day}>
          <span>{t("metadata.day")}</span>
          <input type="date" value={day} onChange={({ target }) => address.set({ day: target.value })} />
        </label>
        <Select
          label={t("metadata.status")}
          value={status ?? ""}
          options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`metadata.corrections.status.${each}`)] as const)]}
          onChange={(next) => address.set({ status: next })}
        />
        <Select
          label={t("metadata.field")}
          value={field ?? ""}
          options={[["", t("list.any")], ...FIELDS.map((each) => [each, t(`book.names.${each}`)] as const)]}
          onChange={(next) => address.set({ field: next })}
        />
        <Select
          label={t("metadata.source")}
          value={source ?? ""}
          options={[["", t("list.any")], ...sources.map((each) => [each, sourceName(each)] as const)]}
          onChange={(next) => address.set({ source: next })}
        />
        {(["book", "run", "by"] as const).map(
          (name) =>
            address.get(name) && (
              <SetFilter
                key={name}
                words={t(`metadata.only.${name}`, { by: address.get("by") })}
                onClear={() => address.set({ [name]: "" })}
              />
            ),
        )}
        <Sort
          value={sort}
          fields={SORTS.map((each) => [each, t(`metadata.sort.${each}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      {isFiltered && count > 0 && (
        <div className={css.bulk} role="toolbar" aria-label={t("metadata.bulk")}>
          <Button disabled={undo.isPending} onClick={() => ask(count, { filter })}>
            {t("metadata.corrections.undoAll", { count })}
          </Button>
        </div>
      )}
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([sort, status, filter])}
        label={t("metadata.corrections.title")}
        rowHeight={narrow ? 132 : 64}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={[
              [t("metadata.columns.book"), "book_title"],
              [t("metadata.field"), "field"],
              [t("metadata.columns.change"), null],
              [t("metadata.source"), "source"],
              [t("metadata.sure"), null],
              [t("metadata.columns.made"), "made_at"],
              [t("metadata.status"), "status"],
              [t("metadata.columns.actions"), null],
            ]}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("metadata.corrections.empty"), text: t("metadata.corrections.emptyText") }}
        onOpen={setOpen}
      >
        {({ item, current }) => (
          <CorrectionRow correction={item} current={current} busy={undo.isPending} onUndo={undoOne} />
        )}
      </LongList>
      {open && (
        <CorrectionDialog
          correction={open}
          onClose={() => setOpen(null)}
          onUndo={() => undoOne(open)}
          onFilter={(changes) => {
            address.set(changes);
            setOpen(null);
          }}
        />
      )}
      {question && <Ask {...question} onClose={() => setQuestion(null)} />}
    </div>
  );
}

/** A day of the form 2027-01-31, or nothing. */
function dayIn(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}
