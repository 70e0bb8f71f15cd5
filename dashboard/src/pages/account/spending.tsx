import { useState } from "react";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { RowSkeleton } from "../../list/row-skeleton";
import { useNarrow } from "../../list/use-narrow";
import { Badge, type Tone } from "../../parts/badge";
import { Dialog } from "../../parts/dialog";
import { FactRows } from "../../parts/fact-rows";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./account.module.css";

type Spending = Schema["Spending"];

const TONES: Record<Schema["SpendingState"], Tone> = { requested: "gap", spent: "good", not_spent: "bad" };
const HEADERS = ["when", "what", "spendWhy", "balance", "spendState"] as const;
const TEMPLATE = "9rem minmax(9rem, 1fr) minmax(14rem, 3fr) minmax(10rem, 1.4fr) 8rem";

/** Everything that Gapless ever spent, newest first. */
export function SpendingList() {
  const { t } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const [opened, setOpened] = useState<Spending>();
  const rows = usePagedRows<Spending>(
    ["account", "spending"],
    (offset, limit, signal) => ok(api.GET("/api/account/spending", { params: { query: { offset, limit } }, signal })),
    address.place,
  );
  return (
    <>
      <LongList
        rows={rows}
        address={address}
        label={t("account.tabs.spending")}
        rowHeight={narrow ? 96 : 56}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={<ColumnHeaders columns={HEADERS.map((name) => [t(`account.columns.${name}`), null] as const)} />}
        empty={{ title: t("account.noSpending"), text: t("account.noSpendingText") }}
        onOpen={setOpened}
      >
        {({ item }) => <SpendingRow spending={item} />}
      </LongList>
      {opened && <SpendingDetails spending={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** “1 freeleech wedge”, “4 weeks of VIP”, “50 GB of upload credit”. */
function useWhat() {
  const { t } = useTranslation();
  return ({ kind, amount }: Spending) =>
    t(`account.spent.${kind}`, { count: amount });
}

function useBalances() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, before, after }: Spending) => {
    const value = (balance: Schema["Balance"]) =>
      format.number(kind === "wedge" ? balance.wedges : Math.floor(balance.bonus_points));
    return t(kind === "wedge" ? "account.balanceWedges" : "account.balancePoints", {
      before: value(before),
      after: after ? value(after) : "?",
    });
  };
}

function SpendingRow({ spending }: { spending: Spending | undefined }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const what = useWhat();
  const balances = useBalances();
  if (!spending) return <RowSkeleton />;
  return (
    <>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={format.moment(spending.requested_at)}>
        {format.relative(spending.requested_at)}
      </div>
      <div role="gridcell" className={page.strong}>
        {what(spending)}
      </div>
      <div role="gridcell" className={css.why} dir="auto">
        {sentence(spending.translatable?.["why"], spending.why)}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.number} ${page.wide}`}>
        {balances(spending)}
      </div>
      <div role="gridcell">
        <Badge tone={TONES[spending.state]}>{t(`account.spendState.${spending.state}`)}</Badge>
      </div>
    </>
  );
}

function SpendingDetails({ spending, onClose }: { spending: Spending; onClose: () => void }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const what = useWhat();
  const balances = useBalances();
  return (
    <Dialog title={what(spending)} onClose={onClose}>
      <p dir="auto">{sentence(spending.translatable?.["why"], spending.why)}</p>
      <FactRows
        facts={[
          [t("account.columns.spendState"), t(`account.spendState.${spending.state}`)],
          [t("account.requested"), format.moment(spending.requested_at)],
          [t("account.ended"), spending.ended_at ? format.moment(spending.ended_at) : null],
          [t("account.columns.balance"), balances(spending)],
          [t("account.answer"), sentence(spending.translatable?.["answer"], spending.answer ?? "")],
          [t("account.torrent"), spending.torrent_id],
        ]}
      />
    </Dialog>
  );
}
