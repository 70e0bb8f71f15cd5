import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX, Stethoscope, TriangleAlert } from "lucide-react";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { ChoiceBar } from "../../parts/choice-bar";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFindingWords } from "../../parts/use-finding-words";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { bySeverity, type Severity } from "./findings";
import css from "./system.module.css";

const ICONS = { ok: CircleCheck, warning: TriangleAlert, fault: CircleX };
const QUERY = ["health", "doctor"];

/** What every check finds, the worst first, with what to do and since when it is so. */
export function Doctor() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [chosen, setChosen] = useState<Severity | "">("");
  const diagnosis = useQuery({
    queryKey: QUERY,
    queryFn: ({ signal }) => ok(api.GET("/api/system/doctor", { signal })),
  });
  const examine = useMutation({
    mutationFn: () => ok(api.POST("/api/system/doctor")),
    onSuccess: (data) => {
      client.setQueryData(QUERY, data);
      void client.invalidateQueries({ queryKey: ["health"], predicate: ({ queryKey }) => queryKey[1] !== QUERY[1] });
      say({ text: t(data.healthy ? "system.doctor.checkedHealthy" : "system.doctor.checkedFaults") });
    },
    onError: fail,
  });
  const findings = bySeverity(diagnosis.data?.findings ?? []);
  const count = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  const shown = chosen === "" ? findings.filter(({ severity }) => severity !== "ok") : findings.filter(({ severity }) => severity === chosen);
  return (
    <Section
      title={t("system.doctor.title")}
      text={diagnosis.data && t("system.doctor.checkedAt", { when: format.relative(diagnosis.data.checked_at) })}
      actions={
        <Button icon={<Stethoscope aria-hidden="true" />} disabled={examine.isPending} onClick={() => examine.mutate()}>
          {t("system.doctor.run")}
        </Button>
      }
    >
      <div role="status">
        {examine.isPending && (
          <>
            <p className={css.quiet}>{t("system.doctor.running")}</p>
            <progress className={css.progress} aria-label={t("system.doctor.running")} />
          </>
        )}
      </div>
      {!diagnosis.data && <Waiting query={diagnosis} />}
      {diagnosis.data && diagnosis.error && <Failed part error={diagnosis.error} onRetry={() => void diagnosis.refetch()} />}
      {diagnosis.data && (
        <>
          <ChoiceBar
            label={t("list.filter")}
            value={chosen}
            options={[
              ["", `${t("system.doctor.open")} (${format.number(count("fault") + count("warning"))})`],
              ["fault", `${t("system.severity.fault")} (${format.number(count("fault"))})`],
              ["warning", `${t("system.severity.warning")} (${format.number(count("warning"))})`],
              ["ok", `${t("system.severity.ok")} (${format.number(count("ok"))})`],
            ]}
            onChange={setChosen}
          />
          {shown.length === 0 && (
            <p className={css.good}>
              <CircleCheck aria-hidden="true" />
              {t(chosen === "" ? "system.doctor.nothing" : "states.emptyFiltered")}
            </p>
          )}
          <ul className={css.findings}>
            {shown.map((finding) => (
              <Finding key={`${finding.area} ${finding.subject} ${finding.words}`} finding={finding} />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Finding({ finding }: { finding: Schema["DoctorFinding"] }) {
  const { t, ofService } = useTranslation();
  const sayingOf = useFindingWords();
  const { words, toDo } = sayingOf(finding);
  const format = useFormat();
  const severity = finding.severity ?? "ok";
  const Icon = ICONS[severity];
  return (
    <li data-severity={severity}>
      <Icon aria-label={t(`system.severity.${severity}`)} />
      <div>
        <p className={css.subject}>
          <b dir="auto">{finding.subject}</b>
          <span>{ofService(`doctor.${finding.area}.name`, finding.area)}</span>
          {finding.since && (
            <time dateTime={finding.since} title={format.moment(finding.since)}>
              {t("system.doctor.since", { when: format.relative(finding.since) })}
            </time>
          )}
        </p>
        <p dir="auto">{words}</p>
        {toDo && (
          <p className={css.todo} dir="auto">
            {toDo}
          </p>
        )}
      </div>
    </li>
  );
}
