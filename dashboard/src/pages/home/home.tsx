
import { useTranslation } from "../../words";
import { AccountLine } from "./account-line";
import { Arrivals } from "./arrivals";
import { HealthLine } from "./health-line";
import css from "./home.module.css";
import { Tasks } from "./tasks";
import { UnderWay } from "./under-way";
import { Waits } from "./waits";

/** The start page: what waits for a person, what arrived, what runs, and how things are. Each part loads alone. */
export function Component() {
  const { t } = useTranslation();
  return (
    <div className={css.page}>
      <title>{`${t("home.title")} – Gapless`}</title>
      <h1>{t("home.title")}</h1>
      <div className={css.columns}>
        <div className={css.column}>
          <Waits />
          <Arrivals />
        </div>
        <div className={css.column}>
          <HealthLine />
          <AccountLine />
          <UnderWay />
          <Tasks />
        </div>
      </div>
    </div>
  );
}
