import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { Badge } from "../../parts/badge";
import { Cover } from "../../parts/cover";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./discover.module.css";
import { STATE_TONES } from "./entry-states";

export const TEMPLATE = "minmax(13rem, 2fr) minmax(12rem, 2fr) 9rem minmax(12rem, 2fr) 7.5rem";

/** A book as the list names it, the book that it was matched with, and what became of it. */
export function EntryRow({ entry }: { entry: Schema["ImportListEntry"] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!entry) return <RowSkeleton />;
  const { work } = entry;
  return (
    <>
      <div role="gridcell" className={page.titled}>
        <Cover title={entry.title} authors={entry.authors ?? []} size="small" />
        <div className={page.stack}>
          <span className={page.strong} dir="auto">
            {entry.title}
          </span>
          <span className={page.quiet} dir="auto">
            {(entry.authors ?? []).join(", ")}
          </span>
        </div>
      </div>
      <div role="gridcell" className={`${page.stack} ${page.wide}`}>
        <span dir="auto" className={page.quiet}>
          {work ? work.title : t("discover.noMatch")}
        </span>
        {work && (
          <span className={page.quiet} dir="auto">
            {[systemName(work.provider), (work.authors ?? []).join(", ")].filter(Boolean).join(" · ")}
          </span>
        )}
      </div>
      <div role="gridcell" className={css.state}>
        <Badge tone={STATE_TONES[entry.state]}>{t(`discover.entryState.${entry.state}`)}</Badge>
      </div>
      <div role="gridcell" className={css.why} dir="auto">
        {entry.words}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={format.moment(entry.added_at)}>
        {format.relative(entry.added_at)}
      </div>
    </>
  );
}
