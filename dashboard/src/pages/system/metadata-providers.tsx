import { useQuery } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { Section } from "../../parts/section";
import { systemName } from "../../parts/source-name";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./system.module.css";

const COLUMNS = ["provider", "state", "left", "waiting", "refresh"] as const;
const TONES: Record<Schema["Provider"]["health"], Tone> = {
  ok: "good",
  away: "bad",
  throttled: "gap",
  refused: "bad",
  blocked: "bad",
  unknown: "plain",
};

/** What each source of metadata may still be asked, what waits for it, and what a refresh of all books would take. */
export function MetadataProviders() {
  const { t } = useTranslation();
  const providers = useQuery({
    queryKey: ["health", "providers"],
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/providers", { signal })),
  });
  return (
    <Section title={t("system.providers.title")} text={t("system.providers.text")}>
      {!providers.data && <Waiting query={providers} />}
      {providers.data && providers.error && <Failed part error={providers.error} onRetry={() => void providers.refetch()} />}
      {providers.data && (
        <table className={css.table}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`system.providers.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {providers.data
              .filter(({ enabled }) => enabled)
              .map((each) => (
                <ProviderRow key={each.name} provider={each} />
              ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function ProviderRow({ provider }: { provider: Schema["Provider"] }) {
  const { t, ofService } = useTranslation();
  const format = useFormat();
  const until = provider.blocked_until;
  return (
    <tr>
      <th scope="row">{ofService(`systems.${provider.name}`, systemName(provider.name))}</th>
      <td data-label={t("system.providers.state")}>
        <Badge tone={TONES[provider.health]}>
          {provider.health === "unknown" ? t("system.providers.unasked") : t(`system.integrations.state.${provider.health}`)}
        </Badge>
        {until && ` ${t("system.providers.until", { when: format.relative(until) })}`}
      </td>
      <td data-label={t("system.providers.left")}>
        {(provider.quota ?? []).length === 0 && t("system.providers.unlimited")}
        {(provider.quota ?? []).map(({ span, left, limit, renewed_at: renewed }) => (
          <div key={span}>
            {t(`system.providers.of.${span}`, { left: format.number(left), limit: format.number(limit) })}
            {renewed && ` (${t("system.providers.renewed", { when: format.relative(renewed) })})`}
          </div>
        ))}
      </td>
      <td data-label={t("system.providers.waiting")}>{format.number(provider.waiting_books ?? 0)}</td>
      <td data-label={t("system.providers.refresh")}>
        {provider.full_refresh && t("system.providers.days", { days: format.decimal(provider.full_refresh.days) })}
      </td>
    </tr>
  );
}
