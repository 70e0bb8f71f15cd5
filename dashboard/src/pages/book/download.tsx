import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Facts } from "../../parts/facts";
import { Failed, Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { useDownloadWords } from "../activity/download-words";
import { WaitingImports } from "../activity/waiting";
import css from "./book.module.css";
import { Head } from "./head";
import { Timeline } from "./timeline";

/** One download: its release, its state, and what happened to it. */
export function Component() {
  const sourceName = useSourceName();
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useDownloadWords();
  const { downloadId = "" } = useParams();
  const query = useQuery({
    queryKey: ["downloads", "one", downloadId],
    queryFn: ({ signal }) =>
      ok(api.GET("/api/downloads/{download_id}", { params: { path: { download_id: downloadId } }, signal })),
  });
  const download = query.data;
  if (!download) return <Waiting query={query} />;
  const { error, waiting } = wordsOf(download);
  const failure = error || waiting;
  return (
    <article className={css.page}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <Head title={download.title} authors={download.authors ?? []} list="/activity">
        <p className={css.badges}>
          <Badge tone="accent">{t(`activity.status.${download.status}`)}</Badge>
          {download.source && <Badge>{sourceName(download.source)}</Badge>}
        </p>
        {failure && <p dir="auto">{failure}</p>}
        <Link to={`/activity/${downloadId}/releases`}>{t("releases.candidates")}</Link>
        {download.book_id && <Link to={`/library/${download.book_id}`}>{t("series.openBook")}</Link>}
        <Facts
          facts={[
            [t("book.names.title"), download.release_title],
            [t("book.size"), download.size_bytes ? format.bytes(download.size_bytes) : null],
            [t("book.path"), download.library_path],
          ]}
        />
      </Head>
      <WaitingImports downloadId={downloadId} />
      <Timeline of={{ download: downloadId }} title={t("book.timelineDownload")} book={download.title} />
    </article>
  );
}
