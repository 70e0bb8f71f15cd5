import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import css from "./board.module.css";
import { Fill } from "./fill";
import { loadWorks } from "./load-works";
import { WorkCell, WorkPopover } from "./work-cell";
import { fillable, nextMissing, shownWorks } from "./works";

export const TEMPLATE = "minmax(13rem, 18rem) minmax(0, 1fr) 8.5rem";

/** A series as a row: what is owned, and each work as a cell. */
export function SeriesRow({ series, current }: { series: Schema["Series"] | undefined; current: boolean }) {
  const { t } = useTranslation();
  const [filling, setFilling] = useState(false);
  const [cell, setCell] = useState(0);
  const [open, setOpen] = useState<{ work: string; at: HTMLElement } | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const id = series?.id ?? "";
  const works = useQuery({
    queryKey: ["series", "works", id],
    queryFn: () => loadWorks(id),
    enabled: series !== undefined,
    staleTime: 60_000,
  });
  const all = works.data?.items ?? [];
  const shown = shownWorks(all);
  const gaps = fillable(all);
  const row = useRef<HTMLDivElement>(null);
  const hadGaps = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone when nothing is left to fill.
    const lost = hadGaps.current && gaps.length === 0 && document.activeElement === document.body;
    if (lost) row.current?.closest<HTMLElement>("[data-index]")?.focus({ preventScroll: true });
    hadGaps.current = gaps.length > 0;
  }, [gaps.length]);
  if (!series) return <RowSkeleton />;
  const next = nextMissing(all);
  const opened = open && shown.find((work) => work.id === open.work);
  const share = series.total ? Math.round((100 * series.owned) / series.total) : null;
  const move = (step: number) => {
    const cells = strip.current?.querySelectorAll<HTMLElement>("[data-cell]") ?? [];
    const reached = Math.max(0, Math.min(cells.length - 1, cell + step));
    setCell(reached);
    cells[reached]?.focus();
  };
  return (
    <>
      <div role="gridcell" className={page.stack}>
        <Link
          to={`/series/${id}`}
          tabIndex={current ? 0 : -1}
          className={`${page.strong} ${css.name}`}
          dir="auto"
          title={series.name}
        >
          {series.name}
        </Link>
        <span className={page.quiet} dir="auto">
          {series.authors?.join(", ")}
        </span>
        <span className={css.owned}>
          {share !== null && (
            <span className={css.meter} aria-hidden="true">
              <span style={{ width: `${Math.min(100, share)}%` }} />
            </span>
          )}
          {series.total
            ? t("series.ownedOf", { owned: series.owned, total: series.total })
            : t("series.ownedOnly", { owned: series.owned })}
        </span>
      </div>
      <div role="gridcell" className={page.stack}>
        {works.error ? (
          <Failed part error={works.error} onRetry={() => void works.refetch()} />
        ) : (
          <>
            <div
              ref={strip}
              className={css.strip}
              role="group"
              aria-label={t("series.board", { series: series.name })}
              aria-busy={works.isPending}
            >
              {works.isPending && <span className={css.loading} aria-hidden="true" />}
              {shown.map((work, index) => (
                <WorkCell
                  key={work.id}
                  work={work}
                  reachable={current && index === Math.min(cell, shown.length - 1)}
                  open={open?.work === work.id}
                  onOpen={(at) => setOpen(open?.work === work.id ? null : { work: work.id, at })}
                  onMove={move}
                />
              ))}
              {works.data && works.data.total > all.length && (
                <span className={css.more}>{t("series.more", { count: works.data.total - all.length })}</span>
              )}
            </div>
            <span className={page.quiet} dir="auto">
              {next && t("series.next", { title: next.title })}
              {works.data && !works.data.compared_at && t("series.notCompared")}
              {works.data?.problem}
            </span>
          </>
        )}
      </div>
      <div ref={row} role="gridcell" className={css.fill}>
        {gaps.length > 0 && (
          <Button tabIndex={current ? 0 : -1} onClick={() => setFilling(true)}>
            {t("series.fill", { count: gaps.length })}
          </Button>
        )}
        {open && opened && <WorkPopover series={id} work={opened} cell={open.at} onClose={() => setOpen(null)} />}
        {filling && <Fill series={series.name} gaps={gaps} onClose={() => setFilling(false)} />}
      </div>
    </>
  );
}
