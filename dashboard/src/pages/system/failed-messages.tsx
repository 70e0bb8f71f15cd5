import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { areaOf, type Area } from "./findings";
import css from "./system.module.css";
import { useDiagnostics } from "./use-diagnostics";

/** Messages between the services that could not be handled, each with its error. */
export function FailedMessages() {
  const { t } = useTranslation();
  const diagnostics = useDiagnostics();
  const failed = diagnostics.data?.failed_messages ?? [];
  return (
    <Section title={t("system.failed.title")} text={t("system.failed.text")}>
      {!diagnostics.data && <Waiting query={diagnostics} />}
      {diagnostics.data && failed.length === 0 && <p className={css.quiet}>{t("system.failed.none")}</p>}
      <ul className={css.messages}>
        {failed.map((message) => (
          <FailedMessage key={`${message.service} ${message.id}`} message={message} />
        ))}
      </ul>
    </Section>
  );
}

function FailedMessage({ message }: { message: Schema["FailedMessage"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const area = areaOf(message.service);
  const resend = useMutation({
    mutationFn: (to: Area) =>
      ok(api.POST("/api/system/diagnostics/{area}/resend", { params: { path: { area: to } }, body: { id: message.id } })),
    onSuccess: () => {
      say({ text: t("system.failed.resent", { subject: message.message_subject }) });
      void client.invalidateQueries({ queryKey: ["health"] });
    },
    onError: fail,
  });
  return (
    <li>
      <div className={css.line}>
        <b>{message.message_subject}</b>
        <span className={css.quiet}>{message.service}</span>
        <Badge tone={message.final ? "bad" : "gap"}>{t(message.final ? "system.failed.final" : "system.failed.retried")}</Badge>
        <span className={css.quiet} title={format.moment(message.last_failed_at)}>
          {t("system.failed.attempts", { count: message.attempts, when: format.relative(message.last_failed_at) })}
        </span>
        {area && (
          <Button
            icon={<Send aria-hidden="true" />}
            aria-label={t("system.failed.resendNamed", { subject: message.message_subject })}
            disabled={resend.isPending}
            onClick={() => resend.mutate(area)}
          >
            {t("system.failed.resend")}
          </Button>
        )}
      </div>
      <p dir="auto">{message.error}</p>
      <details>
        <summary>{t("system.failed.body")}</summary>
        <pre className={css.code}>{message.body}</pre>
      </details>
    </li>
  );
}
