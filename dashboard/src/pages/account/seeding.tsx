import { useState, type ReactNode } from "react";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { RowSkeleton } from "../../list/row-skeleton";
import { useNarrow } from "../../list/use-narrow";
import { Badge, type Tone } from "../../parts/badge";
import { ChoiceBar } from "../../parts/choice-bar";
import { Dialog } from "../../parts/dialog";
import { FactRows } from "../../parts/fact-rows";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./account.module.css";
import { GrabbedList } from "./grabbed";

type Duty = Schema["SeedingDuty"];

const LISTS = ["tracker", "client"] as const;
const HEADERS = ["torrent", "remaining", "seeded", "due", "dutyState"] as const;
const TEMPLATE = "minmax(14rem, 3fr) minmax(7rem, 1fr) minmax(7rem, 1fr) minmax(7rem, 1fr) 9rem";

/** What still has to seed: by the list of the tracker, or what we grabbed, by the figures of the client. */
export function SeedingList() {
  const { t } = useTranslation();
  const address = useListAddress();
  const list = address.oneOf("list", LISTS);
  const choice = (
    <ChoiceBar
      label={t("account.list")}
      value={list}
      options={LISTS.map((each) => [each, t(`account.lists.${each}`)] as const)}
      onChange={(next) => address.set({ list: next === LISTS[0] ? "" : next, state: "", safe: "" })}
    />
  );
  return list === "tracker" ? <Duties choice={choice} /> : <GrabbedList choice={choice} />;
}

function Duties({ choice }: { choice: ReactNode }) {
  const { t } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const [opened, setOpened] = useState<Duty>();
  const rows = usePagedRows<Duty>(
    ["account", "duties"],
    (offset, limit, signal) => ok(api.GET("/api/account/seeding", { params: { query: { offset, limit } }, signal })),
    address.place,
  );
  return (
    <>
      <div className={css.controls}>{choice}</div>
      <LongList
        rows={rows}
        address={address}
        label={t("account.lists.tracker")}
        rowHeight={narrow ? 84 : 48}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={<ColumnHeaders columns={HEADERS.map((name) => [t(`account.columns.${name}`), null] as const)} />}
        empty={{ title: t("account.noDuties"), text: t("account.noDutiesText") }}
        onOpen={setOpened}
      >
        {({ item }) => <DutyRow duty={item} />}
      </LongList>
      {opened && <DutyDetails duty={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function stateOf({ hit_and_run, seeding }: Duty): { key: "hitAndRun" | "seeding" | "notSeeding"; tone: Tone } {
  if (hit_and_run) return { key: "hitAndRun", tone: "bad" };
  return seeding ? { key: "seeding", tone: "good" } : { key: "notSeeding", tone: "gap" };
}

function DutyRow({ duty }: { duty: Duty | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!duty) return <RowSkeleton />;
  const { key, tone } = stateOf(duty);
  return (
    <>
      <div role="gridcell" className={page.strong} dir="auto" title={duty.title}>
        {duty.title}
      </div>
      <div role="gridcell" className={`${page.number} ${css.second}`}>
        {t("account.remaining", { time: format.duration(duty.remaining_seconds) })}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`}>
        {format.duration(duty.seeded_seconds)}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={duty.due_at ? format.moment(duty.due_at) : undefined}>
        {duty.due_at ? format.relative(duty.due_at) : t("account.notComplete")}
      </div>
      <div role="gridcell">
        <Badge tone={tone}>{t(`account.duty.${key}`)}</Badge>
      </div>
    </>
  );
}

function DutyDetails({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Dialog title={duty.title} onClose={onClose}>
      <p>{t(`account.dutyText.${stateOf(duty).key}`)}</p>
      <FactRows
        facts={[
          [t("account.columns.remaining"), format.duration(duty.remaining_seconds)],
          [t("account.columns.seeded"), format.duration(duty.seeded_seconds)],
          [t("account.completed"), duty.completed_at ? format.moment(duty.completed_at) : t("account.notComplete")],
          [t("account.columns.due"), duty.due_at ? format.moment(duty.due_at) : null],
          [t("account.size"), format.bytes(duty.size_bytes)],
          [t("account.torrent"), duty.torrent_id],
          [t("account.readAt"), format.moment(duty.read_at)],
        ]}
      />
    </Dialog>
  );
}
