import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { useRefreshGaps } from "../book/use-gap-decision";
import { Above } from "./above";
import type { Judged } from "./judged";
import { JudgedReleases } from "./judged-releases";
import css from "./releases.module.css";
import { useBlocking } from "./use-blocking";

/** The most candidates that are shown: no search stores more. */
const AT_MOST = 200;

/** The releases that the last search judged for a download, for a missing book or for the upgrade of an owned one. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const refresh = useRefreshGaps();
  const { say, fail } = useToasts();
  const { downloadId = "" } = useParams();
  const path = { download_id: downloadId };
  const key = ["downloads", "candidates", downloadId];
  const download = useQuery({
    queryKey: ["downloads", "one", downloadId],
    queryFn: ({ signal }) => ok(api.GET("/api/downloads/{download_id}", { params: { path }, signal })),
  });
  const candidates = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      ok(api.GET("/api/downloads/{download_id}/candidates", { params: { path, query: { limit: AT_MOST } }, signal })),
  });
  const again = () => void client.invalidateQueries({ queryKey: key });
  const blocking = useBlocking(again);
  const grab = useMutation({
    mutationFn: ({ id = "" }: Judged) =>
      ok(api.POST("/api/releases/grab", { body: { download_id: downloadId, candidate_id: id } })),
    onError: fail,
    onSuccess: (_download, { release }) => {
      refresh();
      say({ text: t("releases.grabbedToast", { title: release.title }) });
    },
  });
  const releases = candidates.data?.items ?? [];
  const last = releases[0]?.judged_at;
  return (
    <div className={css.page}>
      <Above
        title={download.data?.title ?? ""}
        authors={download.data?.authors ?? []}
        list={`/activity/${downloadId}`}
        facts={[
          download.data ? t(`activity.status.${download.data.status}`) : "",
          last ? t("releases.judgedAt", { when: format.relative(last) }) : "",
        ]}
      />
      {download.error && <Failed part error={download.error} onRetry={() => void download.refetch()} />}
      {!candidates.data && <Waiting query={candidates} />}
      {candidates.data && candidates.error && (
        <Failed part error={candidates.error} onRetry={() => void candidates.refetch()} />
      )}
      {candidates.data && releases.length === 0 && (
        <Empty title={t("releases.candidatesNone")}>{t("releases.candidatesNoneText")}</Empty>
      )}
      {releases.length > 0 && (
        <JudgedReleases
          releases={releases}
          busy={grab.isPending || blocking.isPending}
          onGrab={(judged) => grab.mutateAsync(judged).catch(() => undefined)}
          onBlock={blocking.block}
          onUnblock={blocking.unblock}
        />
      )}
    </div>
  );
}
