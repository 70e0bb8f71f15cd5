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
import { GenreMap } from "./genre-map";
import { Preview } from "./preview";
import { ProposalDialog } from "./proposal-dialog";
import { ProposalRow, TEMPLATE } from "./proposal-row";
import { SetFilter } from "./reasons";
import css from "./metadata.module.css";
import { Tabs } from "./tabs";
import { useDeciding } from "./use-deciding";
import { useSources } from "./use-sources";

type Proposal = Schema["Proposal"];

const SORTS = ["made_at", "book_title", "field", "kind", "source", "score"] as const;
const ORDERS = orders("-made_at", SORTS);
const STATUSES = ["open", "accepted", "declined", "outdated"] as const;
const KINDS = [
  "provider_value",
  "series_read",
  "place_read",
  "title_cleaned",
  "name_spelling",
  "people_swapped",
  "language_found",
  "abridged_found",
  "cover",
  "chapters",
  "genre_mapped",
] as const;
const AT_LEAST = ["HIGH", "MEDIUM", "LOW"] as const;
const FILTERS = ["kind", "field", "source", "sure", "status", "book", "run", "finding"];
const MAX_SELECTED = 500;

/** Changes that are not sure enough to be written: accept one, some or all that match, or decline them. */
export function Component() {
  const { t } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const sources = useSources();
  const sourceName = useSourceName();
  const deciding = useDeciding();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Proposal | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const sort = address.oneOf("sort", ORDERS);
  const status = address.oneOf("status", STATUSES);
  const kind = address.filter("kind", KINDS);
  const field = address.filter("field", FIELDS);
  const sure = address.filter("sure", AT_LEAST);
  const [source, book, run, finding] = ["source", "book", "run", "finding"].map((name) => address.get(name));
  const filter = useMemo(
    () => ({
      ...(kind ? { kind } : {}),
      ...(field ? { field } : {}),
      ...(sure ? { confidence_at_least: sure } : {}),
      ...(source ? { source } : {}),
      ...(book ? { book_id: book } : {}),
      ...(run ? { run_id: run } : {}),
      ...(finding ? { finding_id: finding } : {}),
    }),
    [kind, field, sure, source, book, run, finding],
  );
  const id = JSON.stringify([sort, status, filter]);
  const [shownFor, setShownFor] = useState(id);
  if (shownFor !== id) {
    setShownFor(id);
    setSelected(new Set());
  }
  const rows = usePagedRows<Proposal>(
    ["proposals", "list", sort, status, filter],
    (offset, limit, signal) =>
      ok(api.GET("/api/metadata/proposals", { params: { query: { ...filter, status, sort, offset, limit } }, signal })),
    address.place,
  );
  const total = rows.total ?? 0;
  const toggle = (proposal: Proposal) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(proposal.id) && next.size < MAX_SELECTED) next.add(proposal.id);
      return next;
    });
  const decide = (how: "accept" | "decline" | "reopen", selection: Schema["ProposalSelection"]) => {
    deciding[how].mutate(selection, { onSuccess: () => setSelected(new Set()) });
    setQuestion(null);
    setOpen(null);
  };
  const ask = (how: "accept" | "decline", count: number, selection: Schema["ProposalSelection"]) =>
    setQuestion({
      title: t(`metadata.proposals.${how}Title`, { count }),
      text: t(`metadata.proposals.${how}Text`, { count }),
      action: t(`metadata.proposals.${how}Do`, { count }),
      danger: how === "decline",
      onYes: () => decide(how, selection),
    });
  const ids = [...selected];
  return (
    <div className={page.page}>
      <Tabs />
      <ListBar
        title={t("metadata.proposals.title")}
        count={rows.total === undefined ? "" : t("metadata.proposals.count", { count: total })}
        view={
          <>
            <Preview />
            <GenreMap />
          </>
        }
      >
        <Select
          label={t("metadata.status")}
          value={status === "open" ? "" : status}
          options={STATUSES.map((each) => [each === "open" ? "" : each, t(`metadata.proposals.status.${each}`)] as const)}
          onChange={(next) => address.set({ status: next })}
        />
        <Select
          label={t("metadata.kind")}
          value={kind ?? ""}
          options={[["", t("list.any")], ...KINDS.map((each) => [each, t(`metadata.proposals.kind.${each}`)] as const)]}
          onChange={(next) => address.set({ kind: next })}
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
        <Select
          label={t("metadata.sure")}
          value={sure ?? ""}
          options={[["", t("list.any")], ...AT_LEAST.map((each) => [each, t(`library.confidence.${each}`)] as const)]}
          onChange={(next) => address.set({ sure: next })}
        />
        {(["book", "run", "finding"] as const).map(
          (name) =>
            address.get(name) && (
              <SetFilter key={name} words={t(`metadata.only.${name}`)} onClear={() => address.set({ [name]: "" })} />
            ),
        )}
        <Sort
          value={sort}
          fields={SORTS.map((each) => [each, t(`metadata.sort.${each}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      {status === "open" && total > 0 && (
        <div className={css.bulk} role="toolbar" aria-label={t("metadata.bulk")}>
          {ids.length > 0 ? (
            <>
              <span aria-live="polite">{t("metadata.selected", { count: ids.length })}</span>
              <Button look="strong" disabled={deciding.isPending} onClick={() => decide("accept", { ids })}>
                {t("metadata.proposals.acceptDo", { count: ids.length })}
              </Button>
              <Button disabled={deciding.isPending} onClick={() => ask("decline", ids.length, { ids })}>
                {t("metadata.proposals.declineDo", { count: ids.length })}
              </Button>
              <Button look="quiet" onClick={() => setSelected(new Set())}>
                {t("metadata.clear")}
              </Button>
            </>
          ) : (
            <>
              <Button disabled={deciding.isPending} onClick={() => ask("accept", total, { filter })}>
                {t("metadata.proposals.acceptAll", { count: total })}
              </Button>
              <Button disabled={deciding.isPending} onClick={() => ask("decline", total, { filter })}>
                {t("metadata.proposals.declineAll", { count: total })}
              </Button>
            </>
          )}
        </div>
      )}
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={id}
        label={t("metadata.proposals.title")}
        rowHeight={narrow ? 132 : 64}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={[
              [t("metadata.columns.book"), "book_title"],
              [t("metadata.field"), "field"],
              [t("metadata.columns.change"), null],
              [t("metadata.source"), "source"],
              [t("metadata.sure"), "score"],
              [t("metadata.columns.age"), "made_at"],
              [t("metadata.columns.actions"), null],
            ]}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("metadata.proposals.empty"), text: t("metadata.proposals.emptyText") }}
        onOpen={setOpen}
      >
        {({ item, current }) => (
          <ProposalRow
            proposal={item}
            current={current}
            selected={item !== undefined && selected.has(item.id)}
            busy={deciding.isPending}
            onSelect={toggle}
            onAccept={(each) => decide("accept", { ids: [each.id] })}
            onDecline={(each) => ask("decline", 1, { ids: [each.id] })}
            onReopen={(each) => decide("reopen", { ids: [each.id] })}
          />
        )}
      </LongList>
      {open && (
        <ProposalDialog
          proposal={open}
          onClose={() => setOpen(null)}
          onAccept={() => decide("accept", { ids: [open.id] })}
          onDecline={() => decide("decline", { ids: [open.id] })}
          onReopen={() => decide("reopen", { ids: [open.id] })}
        />
      )}
      {question && <Ask {...question} onClose={() => setQuestion(null)} />}
    </div>
  );
}
