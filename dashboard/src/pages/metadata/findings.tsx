import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { orders, useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { ListBar, Select, Sort, Toggle } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { Button } from "../../parts/button";
import { ChoiceBar } from "../../parts/choice-bar";
import { Failed } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { Ask, type Question } from "./ask";
import { FindingDialog } from "./finding-dialog";
import { FindingRow, TEMPLATE } from "./finding-row";
import { FindingsOverTime } from "./findings-over-time";
import { SetFilter } from "./reasons";
import css from "./metadata.module.css";
import { Tabs } from "./tabs";
import { useFindings } from "./use-findings";

type Finding = Schema["Finding"];

const SORTS = ["found_at", "changed_at", "kind"] as const;
const ORDERS = orders("-found_at", SORTS);
const STATUSES = ["open", "ignored", "solved"] as const;
const FILTERS = ["kind", "status", "repairable", "book"];

/** What is wrong in the library: how many of each kind, since when, what to do, and what can be repaired at once. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const narrow = useNarrow();
  const findings = useFindings();
  const [open, setOpen] = useState<Finding | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const counts = useQuery({
    queryKey: ["findings", "counts"],
    queryFn: ({ signal }) => ok(api.GET("/api/findings/counts", { params: { query: { days: 1 } }, signal })),
  });
  const kinds = counts.data?.kinds ?? [];
  const sort = address.oneOf("sort", ORDERS);
  const status = address.oneOf("status", STATUSES);
  const kind = kinds.find((each) => each.kind === address.get("kind"))?.kind;
  const repairable = address.get("repairable") !== "";
  const book = address.get("book");
  const filter = useMemo(
    () => ({ ...(kind ? { kind } : {}), ...(repairable ? { repairable: true } : {}), ...(book ? { book_id: book } : {}) }),
    [kind, repairable, book],
  );
  const rows = usePagedRows<Finding>(
    ["findings", "list", sort, status, filter],
    (offset, limit, signal) =>
      ok(api.GET("/api/findings", { params: { query: { ...filter, status, sort, offset, limit } }, signal })),
    address.place,
  );
  const total = rows.total ?? 0;
  const isNamed = (kind !== undefined || book !== "") && !repairable;
  const selection = { ...(kind ? { kind } : {}), ...(book ? { book_id: book } : {}) };
  const ask = (how: "ignore" | "reopen") =>
    setQuestion({
      title: t(`metadata.findings.${how}Title`, { count: total }),
      text: t(`metadata.findings.${how}Text`, { count: total }),
      action: t(`metadata.findings.${how}All`, { count: total }),
      onYes: () => {
        findings[how].mutate(selection);
        setQuestion(null);
      },
    });
  const shown = kinds.filter((each) => each[status] > 0 || each.kind === kind);
  return (
    <div className={page.page}>
      <Tabs />
      <ListBar
        title={t("metadata.findings.title")}
        count={[
          rows.total === undefined ? "" : t("metadata.findings.count", { count: total }),
          counts.data?.checked_at ? t("metadata.findings.checked", { when: format.relative(counts.data.checked_at) }) : "",
        ]
          .filter(Boolean)
          .join(" · ")}
        view={<FindingsOverTime kind={kind} />}
      >
        <Select
          label={t("metadata.status")}
          value={status === "open" ? "" : status}
          options={STATUSES.map((each) => [each === "open" ? "" : each, t(`metadata.findings.status.${each}`)] as const)}
          onChange={(next) => address.set({ status: next })}
        />
        <Toggle
          label={t("metadata.findings.repairable")}
          on={repairable}
          onChange={(on) => address.set({ repairable: on ? "yes" : "" })}
        />
        {book && <SetFilter words={t("metadata.only.book")} onClear={() => address.set({ book: "" })} />}
        <Sort
          value={sort}
          fields={SORTS.map((each) => [each, t(`metadata.findings.sort.${each}`)] as const)}
          onChange={(next) => address.set({ sort: next })}
        />
      </ListBar>
      {counts.error && <Failed part error={counts.error} onRetry={() => void counts.refetch()} />}
      {shown.length > 0 && (
        <div className={css.kinds}>
          <ChoiceBar
            label={t("metadata.kind")}
            value={kind ?? ""}
            options={[
              ["", t("list.any")] as const,
              ...shown.map((each) => [each.kind, `${t(`metadata.findings.kind.${each.kind}`)} ${format.number(each[status])}`] as const),
            ]}
            onChange={(next) => address.set({ kind: next })}
          />
        </div>
      )}
      {isNamed && total > 0 && status !== "solved" && (
        <div className={css.bulk} role="toolbar" aria-label={t("metadata.bulk")}>
          {status === "open" ? (
            <Button onClick={() => ask("ignore")}>
              {t("metadata.findings.ignoreAll", { count: total })}
            </Button>
          ) : (
            <Button onClick={() => ask("reopen")}>
              {t("metadata.findings.reopenAll", { count: total })}
            </Button>
          )}
        </div>
      )}
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify([sort, status, filter])}
        label={t("metadata.findings.title")}
        rowHeight={narrow ? 132 : 64}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={
          <ColumnHeaders
            columns={[
              [t("metadata.kind"), "kind"],
              [t("metadata.findings.words"), null],
              [t("metadata.findings.remedy"), null],
              [t("metadata.columns.age"), "found_at"],
              [t("metadata.columns.actions"), null],
            ]}
            sort={sort}
            onSort={(next) => address.set({ sort: next })}
          />
        }
        empty={{ title: t("metadata.findings.empty"), text: t("metadata.findings.emptyText") }}
        onOpen={setOpen}
      >
        {({ item, current }) => (
          <FindingRow
            finding={item}
            current={current}
            busy={findings.isPending}
            onRepair={(each) => findings.repair.mutate(each.id)}
            onIgnore={(each) => findings.ignore.mutate({ ids: [each.id] })}
            onReopen={(each) => findings.reopen.mutate({ ids: [each.id] })}
          />
        )}
      </LongList>
      {open && (
        <FindingDialog
          finding={open}
          onClose={() => setOpen(null)}
          onRepair={() => findings.repair.mutate(open.id, { onSuccess: () => setOpen(null) })}
        />
      )}
      {question && <Ask {...question} onClose={() => setQuestion(null)} />}
    </div>
  );
}
