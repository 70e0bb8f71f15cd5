import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useTranslation } from "../../words";

export interface Question {
  title: string;
  /** What is affected. */
  text: string;
  action: string;
  danger?: boolean;
  onYes: () => void;
}

/** Says what is affected before it is done. */
export function Ask({ title, text, action, danger = false, onYes, onClose }: Question & { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look={danger ? "danger" : "strong"} data-focus-first="" onClick={onYes}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
