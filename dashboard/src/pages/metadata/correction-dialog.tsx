import type { Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Facts } from "../../parts/facts";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { Change } from "./change";
import { BookLink, Confidence, Reasons } from "./reasons";
import css from "./metadata.module.css";

interface CorrectionDialogProps {
  correction: Schema["Correction"];
  onClose: () => void;
  onUndo: () => void;
  /** Show only the corrections with these values in the address. */
  onFilter: (changes: Record<string, string>) => void;
}

/** A correction with its whole values and every reason, and the way to others that were made with it. */
export function CorrectionDialog({ correction, onClose, onUndo, onFilter }: CorrectionDialogProps) {
  const sourceName = useSourceName();
  const { t, sentence } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const { run_id: run, made_at: madeAt } = correction;
  const status = t(`metadata.corrections.status.${correction.status}`);
  return (
    <Dialog
      title={t("metadata.of", { field: t(`book.names.${correction.field}`), title: correction.book_title })}
      onClose={onClose}
    >
      <Change whole old={correction.old} next={correction.new} />
      <Facts
        facts={[
          [t("metadata.columns.book"), <BookLink key="book" id={correction.book_id} title={correction.book_title} />],
          [t("metadata.source"), sourceName(correction.source)],
          [t("metadata.sure"), <Confidence key="sure" of={correction.confidence} />],
          [t("metadata.columns.made"), format.moment(madeAt)],
          [t("metadata.by"), actorName(correction.made_by)],
          [t("metadata.status"), status],
        ]}
      />
      {correction.status_detail && <p dir="auto">{sentence(correction.translatable?.["status_detail"], correction.status_detail)}</p>}
      <Reasons reasons={correction.reasons ?? []} />
      <p className={css.others}>
        <Button look="quiet" onClick={() => onFilter({ book: correction.book_id })}>
          {t("metadata.corrections.ofBook")}
        </Button>
        {run && (
          <Button look="quiet" onClick={() => onFilter({ run })}>
            {t("metadata.corrections.ofRun")}
          </Button>
        )}
        <Button look="quiet" onClick={() => onFilter({ day: madeAt.slice(0, 10) })}>
          {t("metadata.corrections.ofDay")}
        </Button>
      </p>
      {correction.status === "applied" && (
        <DialogActions>
          <Button look="danger" onClick={onUndo}>
            {t("metadata.corrections.undo")}
          </Button>
        </DialogActions>
      )}
    </Dialog>
  );
}
