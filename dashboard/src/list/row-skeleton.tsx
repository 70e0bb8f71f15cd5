
import page from "../pages/page.module.css";
import { useTranslation } from "../words";

/** The only cell of a row that is not loaded yet. */
export function RowSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="gridcell" aria-busy="true" aria-label={t("states.loading")}>
      <div className={page.skeleton} />
    </div>
  );
}
