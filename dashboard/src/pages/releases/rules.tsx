import { Check, CircleHelp, Clock, Info, X, type LucideIcon } from "lucide-react";

import { useTranslation } from "../../words";

import { weightOf, type Judged, type Weight } from "./judged";
import { useReasonWords } from "./reason-words";
import css from "./releases.module.css";

const ICONS: Record<Weight, LucideIcon> = { hard: X, soft: Clock, doubt: CircleHelp, fits: Check, note: Info };
const ORDER: readonly Weight[] = ["hard", "soft", "doubt", "note", "fits"];

/** What each rule found and wants. What is against the release for good, for now and in doubt differ in icon and words. */
export function Rules({ judged }: { judged: Judged }) {
  const { t } = useTranslation();
  const wordsOf = useReasonWords();
  const reasons = ORDER.flatMap((weight) => judged.reasons.filter((reason) => weightOf(reason) === weight));
  return (
    <table className={css.rules}>
      <caption className="visually-hidden">{t("releases.rulesOf", { title: judged.release.title })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("releases.rule")}</th>
          <th scope="col">{t("releases.weigh")}</th>
          <th scope="col">{t("releases.got")}</th>
          <th scope="col">{t("releases.want")}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map((reason, index) => {
          const weight = weightOf(reason);
          const Icon = ICONS[weight];
          const { rule, got, want } = wordsOf(reason);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- two findings may be the same
            <tr key={`${reason.rule} ${index}`}>
              <th scope="row">{rule}</th>
              <td>
                <span className={css.weight} data-weight={weight}>
                  <Icon aria-hidden="true" />
                  {t(`releases.weight.${weight}`)}
                </span>
              </td>
              <td dir="auto">{got}</td>
              <td dir="auto">{want}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
