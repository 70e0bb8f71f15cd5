import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import type { countsOf, Filter } from "./judged";
import css from "./releases.module.css";

interface ReasonChipsProps {
  counts: ReturnType<typeof countsOf>;
  filter: Filter;
  onChange: (changes: Record<string, string>) => void;
}

/** How many releases can be grabbed, and how many each rule is against. Each chip shows only these. */
export function ReasonChips({ counts, filter, onChange }: ReasonChipsProps) {
  const { t, ofService } = useTranslation();
  const format = useFormat();
  return (
    <div className={css.filters}>
      <div role="group" aria-label={t("releases.byState")} className={css.chips}>
        {counts.states.map(({ name, count }) => (
          <button
            key={name}
            type="button"
            className={css.chip}
            data-state={name}
            aria-pressed={filter.state === name}
            onClick={() => onChange({ state: filter.state === name ? "" : name })}
          >
            {t(`releases.state.${name}`)} <b>{format.number(count)}</b>
          </button>
        ))}
      </div>
      {counts.rules.length > 0 && (
        <div role="group" aria-label={t("releases.byRule")} className={css.chips}>
          <span className={css.quiet}>{t("releases.byRule")}</span>
          {counts.rules.map(({ name, count, weight }) => (
            <button
              key={name}
              type="button"
              className={css.chip}
              data-weight={weight}
              aria-pressed={filter.rule === name}
              onClick={() => onChange({ rule: filter.rule === name ? "" : name })}
            >
              {ofService(`rules.${name}`, name)} <b>{format.number(count)}</b>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
