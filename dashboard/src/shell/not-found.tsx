import { Link } from "react-router";

import { Empty } from "../parts/states";
import { useTranslation } from "../words";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty title={t("states.notFound")} action={<Link to="/">{t("states.toHome")}</Link>}>
      {t("states.notFoundText")}
    </Empty>
  );
}
