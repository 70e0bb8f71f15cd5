import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { useTranslation } from "../../words";
import css from "./metadata.module.css";

export const TONES: Record<Schema["Confidence"], Tone> = { HIGH: "good", MEDIUM: "accent", LOW: "gap", UNMATCHED: "bad" };

/** How sure a value is, in words. */
export function Confidence({ of }: { of: Schema["Confidence"] }) {
  const { t } = useTranslation();
  return <Badge tone={TONES[of]}>{t(`library.confidence.${of}`)}</Badge>;
}

/** Why a value is right, each reason of a rule in words. */
export function Reasons({ reasons }: { reasons: readonly Schema["Reason"][] }) {
  const { t, ofService, sentence } = useTranslation();
  if (reasons.length === 0) return null;
  return (
    <div>
      <h3>{t("metadata.reasons")}</h3>
      <ul className={css.reasons}>
        {reasons.map((reason) => (
          <li key={`${reason.rule} ${reason.words}`} dir="auto">
            <b>{ofService(`rules.${reason.rule}`, reason.rule)}</b>: {sentence(reason.translatable?.["words"], reason.words)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The title of a book as a link to its page, reached with Tab only in the current row. */
export function BookLink({ id, title, reachable = true }: { id: string; title: string; reachable?: boolean }) {
  return (
    <Link to={`/library/${id}`} tabIndex={reachable ? 0 : -1} className={css.book} dir="auto">
      {title}
    </Link>
  );
}

/** A filter that another page or a row set, with a button that removes it. */
export function SetFilter({ words, onClear }: { words: string; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={css.setFilter} title={t("metadata.removeFilter")} onClick={onClear}>
      {words}
      <span aria-hidden="true"> ✕</span>
    </button>
  );
}
