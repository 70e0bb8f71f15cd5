import { useQuery } from "@tanstack/react-query";
import { NavLink } from "react-router";

import { api, ok } from "../../api/client";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./metadata.module.css";

const TABS = [
  ["proposals", "/metadata"],
  ["corrections", "/metadata/corrections"],
  ["findings", "/metadata/findings"],
] as const;

/** The three lists about metadata: what Gapless proposes, what it changed, and what is wrong in the library. */
export function Tabs() {
  const { t } = useTranslation();
  const format = useFormat();
  const proposals = useQuery({
    queryKey: ["proposals", "open"],
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/proposals", { params: { query: { limit: 1 } }, signal })),
    select: (page) => page.total,
  });
  const findings = useQuery({
    queryKey: ["findings", "open"],
    queryFn: ({ signal }) => ok(api.GET("/api/findings", { params: { query: { limit: 1 } }, signal })),
    select: (page) => page.total,
  });
  const counts = { proposals: proposals.data, corrections: undefined, findings: findings.data };
  return (
    <nav aria-label={t("pages.metadata")} className={css.tabs}>
        {TABS.map(([tab, path]) => {
          const count = counts[tab];
          return (
            <NavLink key={tab} to={path} end>
              {t(`metadata.${tab}.title`)}
              {count !== undefined && count > 0 && <b>{format.number(count)}</b>}
            </NavLink>
          );
        })}
    </nav>
  );
}
