import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { useCost } from "./cost";
import { against, weightOf, type Judged } from "./judged";
import { useReasonWords } from "./reason-words";
import css from "./releases.module.css";

interface GrabDialogProps {
  judged: Judged;
  busy: boolean;
  onGrab: () => void;
  onClose: () => void;
}

/** Says what a grab costs and what is against the release, before it is sent to the download client. */
export function GrabDialog({ judged, busy, onGrab, onClose }: GrabDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cost = useCost();
  const wordsOf = useReasonWords();
  const { release } = judged;
  const reasons = against(judged);
  const waits = reasons.some((reason) => weightOf(reason) === "soft");
  return (
    <Dialog title={t("releases.grabTitle")} onClose={onClose}>
      <p dir="auto" className={css.wrap}>
        <b>{release.title}</b>
      </p>
      <ul className={css.costs}>
        <li>{t("releases.cost.disk", { size: format.bytes(release.size_bytes) })}</li>
        {cost(judged).map((words) => (
          <li key={words}>{words}</li>
        ))}
        {judged.cost && <li>{t("releases.cost.seed")}</li>}
      </ul>
      {reasons.length > 0 && (
        <>
          <p>{t(waits ? "releases.grabWaits" : "releases.grabDoubts")}</p>
          <ul className={css.costs}>
            {reasons.map(wordsOf).map(({ rule, got, want }) => (
              <li key={`${rule} ${got}`} dir="auto">
                {rule}: {want ? t("releases.gotAndWant", { got, want }) : got}
              </li>
            ))}
          </ul>
        </>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look="strong" data-focus-first="" disabled={busy} onClick={onGrab}>
          {t("releases.grab")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
