import { useMemo, type ReactNode } from "react";
import { useTranslation } from "../../words";
import { Link, useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import { Select } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { RowSkeleton } from "../../list/row-skeleton";
import { useNarrow } from "../../list/use-narrow";
import { Badge, type Tone } from "../../parts/badge";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./account.module.css";

type Torrent = Schema["SeedingTorrent"];

const STATES = ["downloading", "seeding", "stopped", "gone", "ended"] as const;
const FILTERS = ["state", "safe"];
const SAFE = ["no", "yes"] as const;
const TONES: Record<(typeof STATES)[number], Tone> = {
  downloading: "accent",
  seeding: "good",
  stopped: "gap",
  gone: "bad",
  ended: "plain",
};
const HEADERS = ["torrent", "duty", "ratio", "uploaded", "clientState", "remove"] as const;
const TEMPLATE = "minmax(14rem, 2.4fr) minmax(12rem, 2fr) 4rem 6rem 8rem 9rem";

/** The torrents that we grabbed, with the figures of the client and whether each may be removed from it. */
export function GrabbedList({ choice }: { choice: ReactNode }) {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const state = address.filter("state", STATES);
  const safe = address.filter("safe", SAFE);
  const filters = useMemo(
    () => ({ ...(state ? { state } : {}), ...(safe ? { safe_to_remove: safe === "yes" } : {}) }),
    [state, safe],
  );
  const rows = usePagedRows<Torrent>(
    ["account", "grabbed", filters],
    (offset, limit, signal) => ok(api.GET("/api/seeding", { params: { query: { ...filters, offset, limit } }, signal })),
    address.place,
  );
  return (
    <>
      <div className={css.controls}>
        {choice}
        <Select
          label={t("account.columns.clientState")}
          value={state ?? ""}
          options={[["", t("list.any")], ...STATES.map((each) => [each, t(`account.torrentState.${each}`)] as const)]}
          onChange={(next) => address.set({ state: next })}
        />
        <Select
          label={t("account.columns.remove")}
          value={safe ?? ""}
          options={[["", t("list.any")], ...SAFE.map((each) => [each, t(`account.safe.${each}`)] as const)]}
          onChange={(next) => address.set({ safe: next })}
        />
      </div>
      <LongList
        rows={rows}
        address={address}
        filters={FILTERS}
        id={JSON.stringify(filters)}
        label={t("account.lists.client")}
        rowHeight={narrow ? 100 : 56}
        template={narrow ? "minmax(0, 1fr) auto" : TEMPLATE}
        header={<ColumnHeaders columns={HEADERS.map((name) => [t(`account.columns.${name}`), null] as const)} />}
        empty={{ title: t("account.noGrabs"), text: t("account.noGrabsText") }}
        onOpen={(torrent) => void navigate(`/activity/${torrent.download_id}`)}
      >
        {({ item, current }) => <GrabbedRow torrent={item} current={current} />}
      </LongList>
    </>
  );
}

function GrabbedRow({ torrent, current }: { torrent: Torrent | undefined; current: boolean }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  if (!torrent) return <RowSkeleton />;
  const duty = sentence(torrent.translatable?.["words"], torrent.words);
  return (
    <>
      <div role="gridcell" className={page.stack}>
        <Link to={`/activity/${torrent.download_id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
          {torrent.title}
        </Link>
        <span className={page.quiet} dir="auto" title={torrent.release_title}>
          {torrent.release_title}
        </span>
      </div>
      <div role="gridcell" className={css.why} title={duty}>
        {duty}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.number} ${page.wide}`}>
        {format.decimal(torrent.ratio)}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.number} ${page.wide}`}>
        {format.bytes(torrent.uploaded_bytes)}
      </div>
      <div role="gridcell" className={page.wide}>
        <Badge tone={TONES[torrent.state]}>{t(`account.torrentState.${torrent.state}`)}</Badge>
      </div>
      <div role="gridcell">
        <Badge tone={torrent.safe_to_remove ? "good" : "gap"}>{t(`account.safe.${torrent.safe_to_remove ? "yes" : "no"}`)}</Badge>
      </div>
    </>
  );
}
