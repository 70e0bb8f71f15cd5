import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { Loaded } from "../../parts/loaded";
import { Progress } from "../../parts/progress";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { underWay } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";

/** The downloads that the client or the import works on. */
export function UnderWay() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(underWay);
  return (
    <Panel title={t("home.underWay")} more={<Link to="/activity">{t("home.allDownloads")}</Link>}>
      <Loaded query={query}>
        {({ items, total }) => (
          <>
            {total === 0 && <p className={css.quiet}>{t("home.underWayNone")}</p>}
            <ul className={css.lines}>
              {items.map((download) => (
                <li key={download.id} className={css.run}>
                  <Link to={`/activity/${download.id}`} className={css.name} dir="auto">
                    {download.title}
                  </Link>
                  <span className={css.quiet}>
                    {download.status === "downloading"
                      ? format.percent(download.progress ?? 0)
                      : t(`activity.status.${download.status}`)}
                  </span>
                  {download.status === "downloading" && (
                    <Progress label={download.title} share={download.progress ?? 0} />
                  )}
                </li>
              ))}
            </ul>
            {total > items.length && (
              <p className={css.quiet}>{t("home.more", { count: total - items.length })}</p>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
