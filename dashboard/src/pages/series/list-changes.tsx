import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { IconButton } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "../authors/authors.module.css";

const SHOWN = 50;

/** What a person changed in the list of works of a series. Each change can be undone. */
export function ListChanges({ seriesId }: { seriesId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const path = { series_id: seriesId };
  const changes = useQuery({
    queryKey: ["series", "changes", seriesId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/series/{series_id}/corrections", { params: { path, query: { limit: SHOWN } }, signal })),
  });
  const undo = useMutation({
    mutationFn: (correction_id: string) =>
      ok(
        api.DELETE("/api/series/{series_id}/corrections/{correction_id}", {
          params: { path: { ...path, correction_id } },
        }),
      ),
    onError: fail,
    onSuccess: () => {
      for (const subject of ["series", "missing"]) void client.invalidateQueries({ queryKey: [subject] });
      say({ text: t("series.changeUndone") });
    },
  });
  const items = changes.data?.items ?? [];
  return (
    <Section title={t("series.history")} text={t("series.historyText")}>
      {!changes.data && <Waiting query={changes} />}
      {changes.data && changes.error && <Failed part error={changes.error} onRetry={() => void changes.refetch()} />}
      {changes.data && items.length === 0 && <p className={css.quiet}>{t("series.noHistory")}</p>}
      <ul className={css.lines}>
        {items.map((each) => (
          <li key={each.id}>
            <Change change={each} />
            {each.undone_at ? (
              <Badge>{t("series.undone")}</Badge>
            ) : (
              <IconButton
                label={t("series.undoChange")}
                icon={<Undo2 />}
                disabled={undo.isPending}
                onClick={() => undo.mutate(each.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Change({ change }: { change: Schema["SeriesCorrection"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const works = (change.works ?? []).map(({ title, place }) => (place ? `${title} (${place})` : title));
  const when = format.relative(change.made_at);
  const by = useActorName()(change.made_by);
  return (
    <span className={css.workTitle}>
      <span dir="auto">
        {t(`series.change.${change.kind}`, { works: format.list(works), other: change.other_series_name ?? "–" })}
      </span>
      {change.note && <span dir="auto">{change.note}</span>}
      <span className={css.quiet}>{by ? t("series.changedBy", { when, by }) : when}</span>
    </span>
  );
}
