import { useTranslation } from "../../words";

import type { Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { FactRows } from "../../parts/fact-rows";
import { Section } from "../../parts/section";
import { Failed, Loading } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useAccess } from "./access";
import css from "./account.module.css";

/** Where the state of a session is neither good nor bad. */
const NEUTRAL: Partial<Record<Schema["SessionState"], Tone>> = {
  ok: "good",
  not_configured: "plain",
  untried: "plain",
  paused: "gap",
  throttled: "gap",
  away: "gap",
};
const SEEDBOX: Partial<Record<Schema["SeedboxState"], Tone>> = {
  registered: "good",
  off: "plain",
  not_yet: "plain",
  too_recent: "gap",
};

/** Each session with its state and its remedy, our addresses, and the requests that are left. */
export function Access() {
  const access = useAccess();
  if (access.error) return <Failed part error={access.error} onRetry={() => void access.refetch()} />;
  if (!access.data) return <Loading />;
  return (
    <>
      {(access.data.sessions ?? []).map((session) => (
        <Session key={session.kind} session={session} />
      ))}
      <Address access={access.data} />
      <Requests access={access.data} />
    </>
  );
}

function Session({ session }: { session: Schema["TrackerSession"] }) {
  const { t, sentence } = useTranslation();
  const when = useWhen();
  return (
    <Section
      title={t(`account.session.${session.kind}`)}
      actions={<Badge tone={NEUTRAL[session.state] ?? "bad"}>{t(`account.state.${session.state}`)}</Badge>}
    >
      {session.detail && <p className={css.detail}>{sentence(session.translatable?.detail, session.detail)}</p>}
      {session.remedy && <p className={css.notice}>{sentence(session.translatable?.remedy, session.remedy)}</p>}
      <FactRows
        facts={[
          [t("account.lastSuccess"), when(session.last_success_at)],
          [t("account.began"), when(session.began_at)],
          [t("account.rotated"), when(session.rotated_at)],
          [t("account.expires"), when(session.expires_at)],
          [t("account.closedUntil"), when(session.closed_until)],
        ]}
      />
    </Section>
  );
}

function Address({ access: { egress, egress_problem, seedbox, translatable } }: { access: Schema["TrackerAccess"] }) {
  const { t, sentence } = useTranslation();
  const when = useWhen();
  const unknown = sentence(translatable?.["egress_problem"], egress_problem ?? "");
  const detail = sentence(seedbox?.translatable?.["detail"], seedbox?.detail ?? "");
  const named = (address: string, network: string | undefined) => [address, network].filter(Boolean).join(" · ");
  return (
    <Section
      title={t("account.addresses")}
      actions={seedbox && <Badge tone={SEEDBOX[seedbox.state] ?? "bad"}>{t(`account.seedbox.${seedbox.state}`)}</Badge>}
    >
      {!egress && <p className={css.detail}>{unknown || t("account.addressUnknown")}</p>}
      {detail && <p className={seedbox?.state === "off" ? css.quiet : css.notice}>{detail}</p>}
      <FactRows
        facts={[
          [t("account.ourAddress"), egress ? named(egress.address, egress.network) : null],
          [t("account.seen"), when(egress?.seen_at)],
          [t("account.registered"), seedbox?.address ? named(seedbox.address, seedbox.network) : null],
          [t("account.registeredAt"), when(seedbox?.registered_at)],
          [t("account.sentAt"), when(seedbox?.sent_at)],
        ]}
      />
    </Section>
  );
}

function Requests({ access }: { access: Schema["TrackerAccess"] }) {
  const { t, ofService, sentence } = useTranslation();
  const format = useFormat();
  const when = useWhen();
  return (
    <Section
      title={t("account.requests")}
      actions={
        <Badge tone={access.stopped_at || access.closed_until ? "gap" : "good"}>
          {t(access.stopped_at ? "account.isPaused" : access.closed_until ? "account.isClosed" : "account.isOpen")}
        </Badge>
      }
    >
      {access.closed_because && <p className={css.notice}>{sentence(access.translatable?.["closed_because"], access.closed_because)}</p>}
      <FactRows
        facts={[
          [t("account.pausedSince"), when(access.stopped_at)],
          [t("account.pausedBy"), access.stopped_by],
          [t("account.closedUntil"), when(access.closed_until)],
          [t("account.pace"), t("account.paceText", { seconds: format.number(access.seconds_between) })],
          ...(access.budgets ?? []).map(
            ({ kind, left, limit }) =>
              [
                t("account.budget", { kind: ofService(`budgets.${kind}`, kind) }),
                t("account.budgetText", { left: format.number(left), limit: format.number(limit) }),
              ] as const,
          ),
        ]}
      />
    </Section>
  );
}

/** A moment as “3 hours ago”, with the exact time as a tip; null without one. */
function useWhen() {
  const format = useFormat();
  return (moment: string | null | undefined) =>
    moment ? (
      <time dateTime={moment} title={format.moment(moment)}>
        {format.relative(moment)}
      </time>
    ) : null;
}
