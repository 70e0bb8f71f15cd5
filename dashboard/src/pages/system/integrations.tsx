import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import css from "./system.module.css";

type State = Schema["Integration"]["state"];

const QUERY = ["health", "integrations"];
const TONES: Record<State, Tone> = {
  ok: "good",
  away: "bad",
  throttled: "gap",
  refused: "bad",
  blocked: "bad",
  nonsense: "bad",
  paused: "gap",
  not_configured: "plain",
};

/** The outside systems, as the service that uses each sees it. */
export function Integrations() {
  const { t, ofService, sentence } = useTranslation();
  const reasonOf = ({ reason, detail = "", translatable }: Schema["Integration"]) => {
    const why = reason && ofService(`refusals.${reason}`, reason.replaceAll("_", " "));
    return [why, sentence(translatable?.detail, detail)].filter(Boolean).join(": ");
  };
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const report = useQuery({
    queryKey: QUERY,
    queryFn: ({ signal }) => ok(api.GET("/api/system/integrations", { signal })),
  });
  const test = useMutation({
    mutationFn: () => ok(api.POST("/api/system/integrations/test")),
    onSuccess: (data) => {
      client.setQueryData(QUERY, data);
      const wrong = data.integrations.filter(({ state, required }) => state !== "ok" && required).length;
      say({ text: wrong === 0 ? t("system.integrations.allFine") : t("system.integrations.wrong", { count: wrong }) });
    },
    onError: fail,
  });
  return (
    <Section
      title={t("system.integrations.title")}
      text={t("system.integrations.text")}
      actions={
        <Button icon={<PlugZap aria-hidden="true" />} disabled={test.isPending} onClick={() => test.mutate()}>
          {t("system.integrations.test")}
        </Button>
      }
    >
      <div role="status">
        {test.isPending && <progress className={css.progress} aria-label={t("system.integrations.testing")} />}
      </div>
      {!report.data && <Waiting query={report} />}
      {report.data && report.error && <Failed part error={report.error} onRetry={() => void report.refetch()} />}
      {(report.data?.silent ?? []).map(({ service, problem }) => (
        <p key={service} className={css.warning} dir="auto">
          {t("system.integrations.silent", { service, why: sentence(problem?.translatable?.["detail"], problem?.detail ?? "") })}
        </p>
      ))}
      <ul className={css.systems}>
        {(report.data?.integrations ?? []).map((each) => (
          <li key={`${each.service} ${each.name}`}>
            <div className={css.line}>
              <b>{ofService(`systems.${each.name}`, systemName(each.name))}</b>
              <Badge tone={each.state === "not_configured" && each.required ? "bad" : TONES[each.state]}>
                {t(`system.integrations.state.${each.state}`)}
              </Badge>
              {!each.required && <span className={css.quiet}>{t("system.integrations.optional")}</span>}
            </div>
            <p className={css.quiet} dir="auto">
              {[each.version, each.address, t("system.integrations.by", { service: each.service })].filter(Boolean).join(" · ")}
            </p>
            {(each.detail || each.reason) && <p dir="auto">{reasonOf(each)}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
