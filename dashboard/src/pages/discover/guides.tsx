import { useTranslation } from "../../words";
import { Link, useNavigate } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { SearchField, Select } from "../../list/list-bar";
import { LongList } from "../../list/long-list";
import { usePagedRows } from "../../list/paged-rows";
import { RowSkeleton } from "../../list/row-skeleton";
import { useNarrow } from "../../list/use-narrow";
import { Badge } from "../../parts/badge";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import { Ask } from "./ask";
import css from "./discover.module.css";
import { piecesOf } from "./snippet";

type Guide = Schema["GuideEntry"];

const KINDS = ["guide", "topic"] as const;
const FILTERS = ["q", "kind"];

/** What members of the site have written: search it, or ask a question about it. */
export function Guides() {
  const { t } = useTranslation();
  const address = useListAddress();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const query = address.get("q");
  const kind = address.filter("kind", KINDS);
  const rows = usePagedRows<Guide>(
    ["guides", "list", query, kind ?? ""],
    (offset, limit, signal) =>
      ok(
        api.GET("/api/guides", {
          params: { query: { ...(query ? { query } : {}), ...(kind ? { kind } : {}), offset, limit } },
          signal,
        }),
      ),
    address.place,
  );
  return (
    <>
      <Ask />
      <div className={css.controls}>
        <SearchField label={t("discover.findGuide")} value={query} onChange={(q) => address.set({ q })} />
        <Select
          label={t("discover.kind")}
          value={kind ?? ""}
          options={[["", t("list.any")], ...KINDS.map((each) => [each, t(`discover.kinds.${each}`)] as const)]}
          onChange={(next) => address.set({ kind: next })}
        />
      </div>
      <div className={css.list}>
        <LongList
          rows={rows}
          address={address}
          filters={FILTERS}
          id={`${query} ${kind ?? ""}`}
          label={t("discover.tabs.guides")}
          rowHeight={query ? (narrow ? 104 : 88) : narrow ? 68 : 56}
          template="minmax(0, 1fr) auto"
          empty={{ title: t("discover.noGuides"), text: t("discover.noGuidesText") }}
          onOpen={(guide) => void navigate(`/discover/guides/${guide.id}`)}
        >
          {({ item, current }) => <GuideRow guide={item} current={current} />}
        </LongList>
      </div>
    </>
  );
}

function GuideRow({ guide, current }: { guide: Guide | undefined; current: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!guide) return <RowSkeleton />;
  const about = [guide.author, guide.board, guide.dated_at ? format.date(guide.dated_at) : "", ...(guide.tags ?? [])];
  return (
    <>
      <div role="gridcell" className={page.stack}>
        <Link to={`/discover/guides/${guide.id}`} tabIndex={current ? 0 : -1} className={page.strong} dir="auto">
          {guide.title}
        </Link>
        <span className={page.quiet} dir="auto">
          {about.filter(Boolean).join(" · ")}
        </span>
        {guide.snippet && (
          <span className={css.snippet} dir="auto">
            {piecesOf(guide.snippet).map(({ text, isFound }, index) => (isFound ? <mark key={index}>{text}</mark> : text))}
          </span>
        )}
      </div>
      <div role="gridcell">
        <Badge>{(guide.page ?? 1) > 1 ? t("discover.topicPage", { page: guide.page }) : t(`discover.kinds.${guide.kind}`)}</Badge>
      </div>
    </>
  );
}
