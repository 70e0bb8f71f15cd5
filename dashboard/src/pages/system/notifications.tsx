import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellRing } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { Select } from "../../list/list-bar";
import { Badge, type Tone } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { MorePages, usePages } from "./pages";
import css from "./system.module.css";

type Status = Schema["NotificationMessage"]["status"];

const STATUSES = ["sent", "sending", "waiting", "failed", "unknown"] as const;
const KINDS = [
  "imported",
  "failed",
  "needs_person",
  "account_limit",
  "vip_ends",
  "session_old",
  "hit_and_run",
  "service_down",
] as const;
const TONES: Record<Status, Tone> = { sent: "good", sending: "accent", waiting: "gap", failed: "bad", unknown: "gap" };

/** Where notifications go, and what was sent. */
export function Notifications() {
  return (
    <>
      <Targets />
      <Sent />
    </>
  );
}

function Targets() {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const targets = useQuery({
    queryKey: ["notifications", "targets"],
    queryFn: ({ signal }) => ok(api.GET("/api/notifications/targets", { signal })),
  });
  const test = useMutation({
    mutationFn: (target: string) => ok(api.POST("/api/notifications/test", { body: { target } })),
    onSuccess: (results) => {
      for (const { service, outcome, words, translatable } of results) {
        say({ text: `${service}: ${sentence(translatable?.["words"], words)}`, tone: outcome === "sent" ? "plain" : "bad" });
      }
      void client.invalidateQueries({ queryKey: ["notifications"] });
    },
    onError: fail,
  });
  return (
    <Section title={t("system.notifications.targets")} text={t("system.notifications.targetsText")}>
      {!targets.data && <Waiting query={targets} />}
      {targets.data && targets.error && <Failed part error={targets.error} onRetry={() => void targets.refetch()} />}
      {targets.data?.length === 0 && <p className={css.quiet}>{t("system.notifications.noTargets")}</p>}
      <ul className={css.systems}>
        {(targets.data ?? []).map((target) => (
          <li key={target.id}>
            <div className={css.line}>
              <b>{target.service}</b>
              <span className={css.quiet}>{target.id}</span>
              {target.last && (
                <Badge tone={TONES[target.last.status]}>{t(`system.notifications.status.${target.last.status}`)}</Badge>
              )}
              <Button
                icon={<BellRing aria-hidden="true" />}
                aria-label={t("system.notifications.testNamed", { name: target.service })}
                disabled={test.isPending}
                onClick={() => test.mutate(target.id)}
              >
                {t("system.notifications.test")}
              </Button>
            </div>
            <p className={css.quiet}>{target.kinds.map((kind) => t(`system.notifications.kind.${kind}`)).join(", ")}</p>
            <p className={css.quiet}>
              {target.last
                ? t("system.notifications.last", { when: format.relative(target.last.created_at), words: target.last.words })
                : t("system.notifications.nothingSent")}
              {target.waiting > 0 && ` ${t("system.notifications.waiting", { count: target.waiting })}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The messages that were sent, the newest first. */
function Sent() {
  const { t } = useTranslation();
  const format = useFormat();
  const address = useListAddress();
  const kind = address.filter("kind", KINDS);
  const status = address.filter("status", STATUSES);
  const filters = { ...(kind ? { kind } : {}), ...(status ? { status } : {}) };
  const messages = usePages(["notifications", "messages", filters], (offset, limit, signal) =>
    ok(api.GET("/api/notifications", { params: { query: { ...filters, offset, limit } }, signal })),
  );
  return (
    <Section
      title={t("system.notifications.sent")}
      actions={
        <>
          <Select
            label={t("system.notifications.kindName")}
            value={kind ?? ""}
            options={[["", t("list.any")], ...KINDS.map((each) => [each, t(`system.notifications.kind.${each}`)] as const)]}
            onChange={(next) => address.set({ kind: next })}
          />
          <Select
            label={t("system.notifications.statusName")}
            value={status ?? ""}
            options={[["", t("list.any")], ...STATUSES.map((each) => [each, t(`system.notifications.status.${each}`)] as const)]}
            onChange={(next) => address.set({ status: next })}
          />
        </>
      }
    >
      <MorePages
        pages={messages}
        empty={t(kind || status ? "states.emptyFiltered" : "system.notifications.nothingSent")}
      >
        {(message) => (
          <li key={message.id}>
            <div className={css.line}>
              <b dir="auto">{message.title}</b>
              <Badge tone={TONES[message.status]}>{t(`system.notifications.status.${message.status}`)}</Badge>
              <span className={css.quiet}>{t(`system.notifications.kind.${message.kind}`)}</span>
              <time className={css.quiet} dateTime={message.created_at} title={format.moment(message.created_at)}>
                {format.relative(message.created_at)}
              </time>
            </div>
            <p className={css.body} dir="auto">
              {message.body}
            </p>
            <p className={css.quiet} dir="auto">
              {[message.target, message.words].filter(Boolean).join(": ")}
              {message.next_attempt_at &&
                ` ${t("system.notifications.nextAttempt", { when: format.relative(message.next_attempt_at) })}`}
            </p>
          </li>
        )}
      </MorePages>
    </Section>
  );
}
