import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { PartsBar } from "../../parts/chart";
import { FactRows } from "../../parts/fact-rows";
import { Figures } from "../../parts/figures";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { Access } from "./access-panel";
import css from "./account.module.css";
import { AccountCharts } from "./charts";
import { slotsOf } from "./slots";

/** The standing with its risks, how it changed, the slots, and the sessions. */
export function Overview({ account }: { account: Schema["Account"] }) {
  const { t, sentence } = useTranslation();
  const { standing } = account;
  const paused = sentence(account.translatable?.["paused_because"], account.paused_because ?? "");
  return (
    <div className={css.overview}>
      {account.paused_until && <p className={css.notice}>{paused}</p>}
      {standing ? (
        <>
          <StandingFigures standing={standing} buffer={account.room?.buffer_bytes} />
          <AccountCharts />
        </>
      ) : (
        <Empty title={t("account.neverRead")}>{t("account.neverReadText")}</Empty>
      )}
      <div className={css.panels}>
        {standing && (
          <>
            <SlotsPanel account={account} />
            <Risks warnings={account.warnings} />
            <Policies account={account} />
          </>
        )}
        <Access />
      </div>
    </div>
  );
}

function StandingFigures({ standing, buffer }: { standing: Schema["Standing"]; buffer: number | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const bytes = (size: number | null | undefined) => (size === null || size === undefined ? "–" : format.bytes(size));
  const vip = standing.vip_until;
  return (
    <Figures
      figures={[
        {
          name: t("account.ratio"),
          value: standing.ratio === null ? "∞" : format.decimal(standing.ratio),
          note: buffer === null || buffer === undefined ? undefined : t("account.buffer", { size: format.bytes(buffer) }),
        },
        { name: t("account.points"), value: format.number(Math.floor(standing.bonus_points)) },
        { name: t("account.wedges"), value: format.number(standing.wedges ?? 0) },
        { name: t("account.uploaded"), value: bytes(standing.uploaded_bytes) },
        { name: t("account.downloaded"), value: bytes(standing.downloaded_bytes) },
        { name: t("account.hitAndRuns"), value: format.number(standing.hit_and_runs ?? 0) },
        {
          name: t("account.vip"),
          value: vip ? format.relative(vip) : t("account.noVip"),
          note: vip ? format.date(vip) : undefined,
        },
      ]}
    />
  );
}

function SlotsPanel({ account }: { account: Schema["Account"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const slots = slotsOf(account.standing, account.room);
  const left = account.room?.slots_left;
  return (
    <Section title={t("account.slots")} actions={<Link to="?tab=seeding">{t("account.toSeeding")}</Link>}>
      {slots ? (
        <>
          <PartsBar
            format={format.number}
            parts={[
              { name: t("account.slotsUsed"), value: slots.used, tone: "accent" },
              { name: t("account.slotsReserved"), value: slots.reserved, tone: "gap" },
              { name: t("account.slotsFree"), value: slots.free, tone: "rest" },
            ]}
          />
          <p className={css.quiet}>
            {t("account.slotsText", { limit: format.number(slots.limit), automatic: format.number(left ?? 0) })}
          </p>
        </>
      ) : (
        <p className={css.quiet}>{t("account.slotsUnknown")}</p>
      )}
      <p className={css.quiet}>
        {account.seeding_read_at
          ? t("account.duties", { count: account.seeding_duties, when: format.relative(account.seeding_read_at) })
          : t("account.dutiesUnread")}
      </p>
    </Section>
  );
}

function Risks({ warnings }: { warnings: readonly Schema["AccountWarning"][] }) {
  const { t, sentence } = useTranslation();
  return (
    <Section title={t("account.risks")}>
      <ul className={css.risks}>
        {warnings
          .toSorted((one, other) => Number(other.near) - Number(one.near))
          .map(({ risk, near, words, translatable }) => (
            <li key={risk} data-near={near || undefined}>
              {near ? <CircleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
              <div>
                <h3>
                  {t(`account.risk.${risk}`)} <Badge tone={near ? "bad" : "good"}>{t(near ? "account.near" : "account.far")}</Badge>
                </h3>
                <p>{sentence(translatable?.["words"], words)}</p>
              </div>
            </li>
          ))}
      </ul>
    </Section>
  );
}

function Policies({ account: { spending } }: { account: Schema["Account"] }) {
  const { t } = useTranslation();
  const words = (on: boolean) => t(on ? "account.on" : "account.off");
  return (
    <Section title={t("account.policies")} actions={<Link to="?tab=spending">{t("account.toSpending")}</Link>}>
      <FactRows
        facts={[
          [t("account.policy.wedges"), `${words(spending.wedges)} · ${t("account.wedgesToday", { count: spending.wedges_today })}`],
          [t("account.policy.vip"), words(spending.vip)],
          [t("account.policy.upload"), words(spending.upload)],
        ]}
      />
      <p className={css.quiet}>{t("account.policiesText")}</p>
    </Section>
  );
}
