import { useTranslation } from "../../words";

import css from "./authors.module.css";

interface ShareProps {
  owned: number;
  total: number | null | undefined;
  percent: number | null | undefined;
}

/** How much of a list is owned: a bar, and the numbers in words. */
export function Share({ owned, total, percent }: ShareProps) {
  const { t } = useTranslation();
  if (!total) return <span className={css.quiet}>{t("series.ownedOnly", { owned })}</span>;
  return (
    <span className={css.owned}>
      <span className={css.meter} aria-hidden="true">
        <span style={{ width: `${Math.min(100, percent ?? 0)}%` }} />
      </span>
      {t("series.ownedOf", { owned, total })}
    </span>
  );
}
