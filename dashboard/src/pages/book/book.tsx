import { useMutation, useQuery } from "@tanstack/react-query";
import { ListFilter, RefreshCw } from "lucide-react";
import { useNavigate, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Facts } from "../../parts/facts";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { seriesWords } from "../library/series-words";
import css from "./book.module.css";
import { Changes } from "./changes";
import { EditBook } from "./edit-book";
import { Fields } from "./fields";
import { Head } from "./head";
import { Match } from "./match";
import { Timeline } from "./timeline";

/** A book of the library: its fields with their sources, and where it comes from. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const { say, fail } = useToasts();
  const navigate = useNavigate();
  const { bookId = "" } = useParams();
  const path = { book_id: bookId };
  const query = useQuery({
    queryKey: ["books", "one", bookId],
    queryFn: ({ signal }) => ok(api.GET("/api/books/{book_id}", { params: { path }, signal })),
  });
  const refresh = useMutation({
    mutationFn: () => ok(api.POST("/api/metadata/refresh/{book_id}", { params: { path } })),
    onSuccess: () => say({ text: t("book.refreshed", { title: query.data?.title ?? "" }) }),
    onError: fail,
  });
  const book = query.data;
  if (!book) return <Waiting query={query} />;
  return (
    <article className={css.page}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <Head
        book={book}
        title={book.title}
        subtitle={book.subtitle}
        authors={book.authors ?? []}
        list="/library"
        actions={
          <>
            <Button icon={<RefreshCw aria-hidden="true" />} disabled={refresh.isPending} onClick={() => refresh.mutate()}>
              {t("book.refresh")}
            </Button>
            <Button icon={<ListFilter aria-hidden="true" />} onClick={() => void navigate(`/library/${bookId}/search`)}>
              {t("releases.open")}
            </Button>
            <EditBook book={book} />
          </>
        }
      >
        {(book.narrators ?? []).length > 0 && (
          <p dir="auto">{t("book.readBy", { narrators: format.list(book.narrators ?? []) })}</p>
        )}
        <p className={css.badges}>
          {(book.series ?? []).length > 0 && <Badge tone="accent">{seriesWords(book.series ?? [])}</Badge>}
          <Badge tone={book.completeness_percent === 100 ? "good" : "gap"}>
            {t("book.complete", { percent: format.percent(book.completeness_percent / 100) })}
          </Badge>
          {book.status !== "active" && book.status && <Badge tone="bad">{t(`library.status.${book.status}`)}</Badge>}
        </p>
        {book.files_missing_since && (
          <p className={css.silent}>{t("book.filesGone", { date: format.date(book.files_missing_since) })}</p>
        )}
        <Facts
          facts={[
            [t("book.length"), book.duration_seconds ? format.duration(book.duration_seconds) : null],
            [t("book.size"), book.size_bytes ? format.bytes(book.size_bytes) : null],
            [t("book.format"), book.format],
            [t("book.added"), format.date(book.added_at)],
            [t("book.path"), book.path],
          ]}
        />
      </Head>
      <div className={css.columns}>
        <Fields book={book} />
        <div className={css.stack}>
          <Changes bookId={bookId} />
          <Timeline of={{ book: bookId }} title={t("book.timeline")} book={book.title} />
        </div>
      </div>
      <Match book={book} />
    </article>
  );
}
