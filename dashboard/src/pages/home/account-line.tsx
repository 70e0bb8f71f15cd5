import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Loaded } from "../../parts/loaded";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { account } from "./home-queries";
import css from "./home.module.css";
import { Panel } from "./panel";

/** The account at MyAnonamouse in one line. */
export function AccountLine() {
  const { t } = useTranslation();
  const query = useQuery(account);
  return (
    <Panel title={t("home.account")} more={<Link to="/account">{t("home.open")}</Link>}>
      <Loaded query={query} lines={1}>
        {(data) => <Line account={data} />}
      </Loaded>
    </Panel>
  );
}

function Line({ account: { standing, room, paused_until, paused_because, seeding_duties } }: { account: Schema["Account"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = (count: number) => ({ count });
  return (
    <>
      {paused_until && (
        <p className={css.paused} dir="auto">
          {t("home.paused", { until: format.moment(paused_until), because: paused_because ?? "" })}
        </p>
      )}
      {!standing && <p className={css.quiet}>{t("home.accountUnread")}</p>}
      {standing && (
        <ul className={css.facts}>
          <li dir="auto">
            <b>{standing.username}</b>
          </li>
          <li dir="auto">{standing.classname}</li>
          <li>
            {standing.ratio === null ? t("home.ratioInfinite") : t("home.ratio", { ratio: format.decimal(standing.ratio) })}
          </li>
          {room && room.slots_left_for_person !== null && <li>{t("home.slots", number(room.slots_left_for_person))}</li>}
          {seeding_duties > 0 && <li>{t("home.seeding", number(seeding_duties))}</li>}
          <li>{t("home.points", number(Math.floor(standing.bonus_points)))}</li>
          {standing.vip_until && <li>{t("home.vipUntil", { date: format.date(standing.vip_until) })}</li>}
        </ul>
      )}
    </>
  );
}
