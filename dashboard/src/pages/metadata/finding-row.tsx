import { EyeOff, RotateCcw, Wrench } from "lucide-react";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { IconButton } from "../../parts/button";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import css from "./metadata.module.css";

type Finding = Schema["Finding"];

export const TEMPLATE = "10rem minmax(14rem, 2.4fr) minmax(12rem, 1.8fr) 7.5rem 5rem";

interface FindingRowProps {
  finding: Finding | undefined;
  current: boolean;
  busy: boolean;
  onRepair: (finding: Finding) => void;
  onIgnore: (finding: Finding) => void;
  onReopen: (finding: Finding) => void;
}

/** One thing that is wrong: what, what to do, since when. */
export function FindingRow({ finding, current, busy, onRepair, onIgnore, onReopen }: FindingRowProps) {
  const { t, ofService, sentence } = useTranslation();
  const format = useFormat();
  if (!finding) return <RowSkeleton />;
  const { status } = finding;
  const words = sentence(finding.translatable?.["words"], finding.words);
  const remedy = ofService(`remedies.${finding.kind}`, finding.remedy);
  const tabIndex = current ? 0 : -1;
  return (
    <>
      <div role="gridcell" className={page.strong}>
        {t(`metadata.findings.kind.${finding.kind}`)}
      </div>
      <div role="gridcell" className={css.clamped} dir="auto" title={words}>
        {words}
      </div>
      <div role="gridcell" className={`${css.clamped} ${css.small}`} dir="auto" title={remedy}>
        {remedy}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={format.moment(finding.found_at)}>
        {format.relative(finding.found_at)}
      </div>
      <div role="gridcell" className={page.actions}>
        {finding.repairable && status === "open" && (
          <IconButton
            label={t("metadata.findings.repairNamed", { words })}
            icon={<Wrench />}
            tabIndex={tabIndex}
            disabled={busy}
            onClick={() => onRepair(finding)}
          />
        )}
        {status === "open" && (
          <IconButton
            label={t("metadata.findings.ignoreNamed", { words })}
            icon={<EyeOff />}
            tabIndex={tabIndex}
            disabled={busy}
            onClick={() => onIgnore(finding)}
          />
        )}
        {status === "ignored" && (
          <IconButton
            label={t("metadata.findings.reopenNamed", { words })}
            icon={<RotateCcw />}
            tabIndex={tabIndex}
            disabled={busy}
            onClick={() => onReopen(finding)}
          />
        )}
      </div>
    </>
  );
}
