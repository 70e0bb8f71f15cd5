import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { Link } from "react-router";

import { Loaded } from "../../parts/loaded";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { diagnosis } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";

/** The state of the whole installation in one line. */
export function HealthLine() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(diagnosis);
  return (
    <Panel title={t("home.health")} more={<Link to="/system">{t("home.open")}</Link>}>
      <Loaded query={query} lines={1}>
        {({ findings, checked_at }) => {
          const faults = findings.filter(({ severity }) => severity === "fault").length;
          const warnings = findings.filter(({ severity }) => severity === "warning").length;
          const Icon = faults > 0 ? CircleAlert : warnings > 0 ? TriangleAlert : CircleCheck;
          const words = [
            faults > 0 ? t("home.faults", { count: faults }) : "",
            warnings > 0 ? t("home.warnings", { count: warnings }) : "",
          ].filter(Boolean);
          return (
            <p className={css.health} data-tone={faults > 0 ? "bad" : warnings > 0 ? "gap" : "good"}>
              <Icon aria-hidden="true" />
              <span>{words.length > 0 ? words.join(", ") : t("home.healthy", { count: findings.length })}</span>
              <span className={css.quiet} title={format.moment(checked_at)}>
                {t("home.checked", { when: format.relative(checked_at) })}
              </span>
            </p>
          );
        }}
      </Loaded>
    </Panel>
  );
}
