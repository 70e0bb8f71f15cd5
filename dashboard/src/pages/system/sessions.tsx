import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { browserName } from "./browser-name";
import { MorePages, usePages } from "./pages";
import css from "./system.module.css";

/** The browsers that are signed in, and which of them is this one. */
export function Sessions() {
  const { t } = useTranslation();
  const present = useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => ok(api.GET("/api/session", { signal })),
  });
  const sessions = usePages(["sessions"], (offset, limit, signal) =>
    ok(api.GET("/api/sessions", { params: { query: { offset, limit } }, signal })),
  );
  return (
    <Section title={t("system.sessions.title")} text={t("system.sessions.text")}>
      <MorePages pages={sessions} empty={t("system.sessions.none")}>
        {(session) => <Session key={session.id} session={session} isThis={session.id === present.data?.session?.id} />}
      </MorePages>
    </Section>
  );
}

function Session({ session, isThis }: { session: Schema["BrowserSession"]; isThis: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const name = browserName(session.browser) ?? t("system.sessions.unknown");
  const revoke = useMutation({
    mutationFn: () => ok(api.DELETE("/api/sessions/{session_id}", { params: { path: { session_id: session.id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sessions"] });
      say({ text: t("system.sessions.revoked", { name, address: session.address }) });
    },
    onError: fail,
  });
  return (
    <li>
      <div className={css.line}>
        <b title={session.browser}>{name}</b>
        {session.person && <span>{session.person}</span>}
        <span className={css.quiet}>{session.address}</span>
        {isThis && <Badge tone="accent">{t("system.sessions.this")}</Badge>}
        <span className={css.quiet}>
          {t("system.sessions.since", { date: format.moment(session.created_at) })} ·{" "}
          {t("system.keys.used", { when: format.relative(session.last_used_at) })}
        </span>
        {!isThis && (
          <Button
            aria-label={t("system.sessions.revokeNamed", { name, address: session.address })}
            disabled={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {t("system.sessions.revoke")}
          </Button>
        )}
      </div>
    </li>
  );
}
