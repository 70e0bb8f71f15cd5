import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import css from "./activity.module.css";

/** The imports that need a decision, with what can be decided. Nothing is shown if there are none. */
export function WaitingImports() {
  const { t } = useTranslation();
  const waiting = useQuery({
    queryKey: ["imports", "waiting"],
    queryFn: ({ signal }) => ok(api.GET("/api/imports/waiting", { params: { query: { limit: 50 } }, signal })),
  });
  if (waiting.error) return <Failed part error={waiting.error} onRetry={() => void waiting.refetch()} />;
  if (!waiting.data?.total) return null;
  return (
    <section className={css.decide} aria-labelledby="decide">
      <h2 id="decide">{t("activity.decide")}</h2>
      <p>{t("activity.decideText", { count: waiting.data.total })}</p>
      <ul>
        {waiting.data.items.map((each) => (
          <WaitingImport key={each.id} waiting={each} />
        ))}
      </ul>
    </section>
  );
}

function WaitingImport({ waiting }: { waiting: Schema["WaitingImport"] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const decide = useMutation({
    mutationFn: (choice: string) =>
      ok(
        api.POST("/api/imports/waiting/{waiting_id}/decide", {
          params: { path: { waiting_id: waiting.id } },
          body: { choice },
        }),
      ),
    onError: fail,
    onSuccess: () => {
      say({ text: t("activity.decided", { title: waiting.title }) });
      void client.invalidateQueries({ queryKey: ["imports"] });
      void client.invalidateQueries({ queryKey: ["downloads"] });
    },
  });
  return (
    <li>
      <div>
        <h3 dir="auto">{waiting.title}</h3>
        {waiting.reasons.map((reason) => (
          <p key={reason} dir="auto">
            {reason}
          </p>
        ))}
      </div>
      <div className={css.choices}>
        {waiting.choices.map(({ key, words }) => (
          <Button key={key} disabled={decide.isPending} onClick={() => decide.mutate(key)}>
            {words}
          </Button>
        ))}
      </div>
    </li>
  );
}
