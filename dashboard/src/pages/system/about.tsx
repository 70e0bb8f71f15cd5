import { useQuery } from "@tanstack/react-query";

import { api, basePath, ok } from "../../api/client";
import { Facts } from "../../parts/facts";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import css from "./system.module.css";
import { useDiagnostics } from "./use-diagnostics";

/** The versions in use, the licences, and where the API is described. */
export function About() {
  const { t } = useTranslation();
  const version = useQuery({
    queryKey: ["health", "version"],
    queryFn: ({ signal }) => ok(api.GET("/api/system/version", { signal })),
  });
  const diagnostics = useDiagnostics();
  const versions = diagnostics.data?.versions;
  const database = diagnostics.data?.database;
  return (
    <>
      <Section title={t("system.about.versions")}>
        {!version.data && <Waiting query={version} />}
        {diagnostics.error !== null && (
          <Failed part error={diagnostics.error} onRetry={() => void diagnostics.refetch()} />
        )}
        <Facts
          facts={[
            ["Gapless", version.data?.version],
            ["Python", versions?.python],
            ["Postgres", database?.server_version ?? versions?.postgres],
            ["NATS", versions?.nats],
          ]}
        />
      </Section>
      <Section title={t("system.about.links")}>
        <ul className={css.links}>
          <li>
            <a href={`${basePath}/docs`}>{t("app.apiDocs")}</a>
            <span className={css.quiet}>{t("system.about.apiText")}</span>
          </li>
          <li>
            <a href={`${basePath}/asyncapi`}>AsyncAPI</a>
            <span className={css.quiet}>{t("system.about.asyncapiText")}</span>
          </li>
          <li>
            <a href={`${basePath}/licenses.md`}>{t("app.licenses")}</a>
            <span className={css.quiet}>{t("system.about.licensesText")}</span>
          </li>
        </ul>
      </Section>
    </>
  );
}
