import type { Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./system.module.css";
import { useDiagnostics } from "./use-diagnostics";

/** Each service: whether it answers, its version, and how much it has to do. */
export function Services() {
  const { t, sentence } = useTranslation();
  const diagnostics = useDiagnostics();
  const columns = ["service", "state", "version", "running", "waiting", "failed", "stored"] as const;
  return (
    <Section title={t("system.services.title")}>
      {!diagnostics.data && <Waiting query={diagnostics} />}
      {diagnostics.data && (
        <>
          {diagnostics.error && <Failed part error={diagnostics.error} onRetry={() => void diagnostics.refetch()} />}
          {(diagnostics.data.untold ?? []).map((words, index) => (
            <p key={words} className={css.warning} dir="auto">
              {sentence(diagnostics.data.translatable?.[`untold.${index}`], words)}
            </p>
          ))}
          <table className={css.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`system.services.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {diagnostics.data.services.map((service) => (
                <ServiceRow key={service.service} state={service} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </Section>
  );
}

function ServiceRow({ state }: { state: Schema["ServiceState"] }) {
  const { t, sentence } = useTranslation();
  const format = useFormat();
  const { report, problem } = state;
  const cell = (name: "version" | "running" | "waiting" | "failed" | "stored", value: string) => (
    <td data-label={t(`system.services.${name}`)}>{value}</td>
  );
  return (
    <tr>
      <th scope="row">{state.service}</th>
      {report ? (
        <>
          <td data-label={t("system.services.state")}>
            <Badge tone="good">{t("system.services.answers")}</Badge>
          </td>
          {cell("version", report.version)}
          {cell("running", format.relative(report.started_at))}
          {cell("waiting", format.number(report.outbox_waiting))}
          {cell("failed", format.number(report.failed_messages))}
          {cell("stored", report.postgres ? format.bytes(report.postgres.schema_bytes) : "")}
        </>
      ) : (
        <td colSpan={6} data-label={t("system.services.state")}>
          <Badge tone="bad">{t("system.services.silent")}</Badge> <span dir="auto">{sentence(problem?.translatable?.["detail"], problem?.detail ?? "")}</span>
        </td>
      )}
    </tr>
  );
}
