import { Undo2 } from "lucide-react";

import type { Schema } from "../../api/client";
import { RowSkeleton } from "../../list/row-skeleton";
import { Badge, type Tone } from "../../parts/badge";
import { IconButton } from "../../parts/button";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { Change } from "./change";
import { BookLink, Confidence } from "./reasons";
import css from "./metadata.module.css";

type Correction = Schema["Correction"];

export const TEMPLATE = "minmax(12rem, 1.7fr) 6.5rem minmax(13rem, 2.3fr) 7rem 7.25rem 7.5rem 7rem 3rem";
export const TONES: Record<Correction["status"], Tone> = {
  proposed: "accent",
  applied: "good",
  refused: "bad",
  undoing: "accent",
  undone: "plain",
};

interface CorrectionRowProps {
  correction: Correction | undefined;
  current: boolean;
  busy: boolean;
  onUndo: (correction: Correction) => void;
}

/** A change that was made: of which field of which book, from what to what, by whom and when. */
export function CorrectionRow({ correction, current, busy, onUndo }: CorrectionRowProps) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const sourceName = useSourceName();
  const actorName = useActorName();
  if (!correction) return <RowSkeleton />;
  const { book_title: title, status, made_at: madeAt, made_by: by } = correction;
  const field = t(`book.names.${correction.field}`);
  return (
    <>
      <div role="gridcell" className={page.titled}>
        <BookLink id={correction.book_id} title={title} reachable={current} />
      </div>
      <div role="gridcell" className={page.quiet}>
        {field}
      </div>
      <div role="gridcell" className={css.cell}>
        <Change old={correction.old} next={correction.new} />
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} title={sourceName(correction.source)}>
        {sourceName(correction.source)}
      </div>
      <div role="gridcell" className={page.wide}>
        <Confidence of={correction.confidence} />
      </div>
      <div role="gridcell" className={`${page.stack} ${page.wide}`} title={format.moment(madeAt)}>
        <span className={page.quiet}>{format.relative(madeAt)}</span>
        <span className={css.small} dir="auto">
          {actorName(by)}
        </span>
      </div>
      <div role="gridcell" title={sentence(correction.translatable?.["status_detail"], correction.status_detail ?? "") || undefined}>
        <Badge tone={TONES[status]}>{t(`metadata.corrections.status.${status}`)}</Badge>
      </div>
      <div role="gridcell" className={page.actions}>
        {status === "applied" && (
          <IconButton
            label={t("metadata.corrections.undoNamed", { field, title })}
            icon={<Undo2 />}
            tabIndex={current ? 0 : -1}
            disabled={busy}
            onClick={() => onUndo(correction)}
          />
        )}
      </div>
    </>
  );
}
