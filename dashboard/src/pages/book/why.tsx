import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Link2, Printer } from "lucide-react";
import { Link, useParams } from "react-router";

import { api, ok } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { useAbsenceWords } from "../wanted/absence-words";
import css from "./book.module.css";
import { Timeline } from "./timeline";

/** Why a book is not here yet, as a page to share or to print. It changes nothing. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useAbsenceWords();
  const { missingId = "" } = useParams();
  const path = { missing_book_id: missingId };
  const query = useQuery({
    queryKey: ["missing", "one", missingId],
    queryFn: ({ signal }) => ok(api.GET("/api/books/missing/{missing_book_id}", { params: { path }, signal })),
  });
  const book = query.data;
  if (!book) return <Waiting query={query} />;
  const place = [book.series, book.sequence].filter(Boolean).join(" ");
  return (
    <article className={`${css.page} ${css.shared}`}>
      {query.error && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      <header className={css.about}>
        <Link to={`/wanted/${missingId}`} className={`${css.toBook} ${css.noPrint}`}>
          <ArrowLeft aria-hidden="true" />
          {t("book.toBook")}
        </Link>
        <h1 dir="auto">{t("book.whyOf", { title: book.title })}</h1>
        <p dir="auto">{[t("book.by", { authors: format.list(book.authors) }), place].filter(Boolean).join(" · ")}</p>
        <p className={css.badges}>
          <Badge tone="gap">{t(`wanted.status.${book.status}`)}</Badge>
          <span className={css.small}>{t("book.wantedSince", { date: format.date(book.identified_at) })}</span>
        </p>
        <ShareActions />
      </header>
      <Timeline
        of={{ missing: missingId }}
        title={t("book.whyStory")}
        book={book.title}
        state={Object.values(words(book)).filter(Boolean).join(": ")}
      />
    </article>
  );
}

function ShareActions() {
  const { t } = useTranslation();
  const { say, fail } = useToasts();
  const share = () => navigator.clipboard.writeText(location.href).then(() => say({ text: t("book.shared") }), fail);
  return (
    <div className={`${css.actions} ${css.noPrint}`}>
      {"clipboard" in navigator && (
        <Button icon={<Link2 aria-hidden="true" />} onClick={() => void share()}>
          {t("book.share")}
        </Button>
      )}
      <Button icon={<Printer aria-hidden="true" />} onClick={() => print()}>
        {t("book.print")}
      </Button>
    </div>
  );
}
