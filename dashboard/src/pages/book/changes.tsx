import { useQuery } from "@tanstack/react-query";
import { Check, Undo2 } from "lucide-react";
import { Link } from "react-router";

import { api, ok } from "../../api/client";
import { Badge } from "../../parts/badge";
import { IconButton } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import { Change } from "../metadata/change";
import { TONES } from "../metadata/correction-row";
import { useDeciding } from "../metadata/use-deciding";
import { useUndo } from "../metadata/use-undo";
import css from "./book.module.css";

const SHOWN = 20;

/** What is proposed for a book, and what was changed: each can be accepted or undone here. */
export function Changes({ bookId }: { bookId: string }) {
  const sourceName = useSourceName();
  const { t } = useTranslation();
  const format = useFormat();
  const deciding = useDeciding();
  const undo = useUndo();
  const query = { book_id: bookId, limit: SHOWN };
  const proposals = useQuery({
    queryKey: ["proposals", "of-book", bookId],
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/proposals", { params: { query }, signal })),
  });
  const corrections = useQuery({
    queryKey: ["corrections", "of-book", bookId],
    queryFn: ({ signal }) => ok(api.GET("/api/metadata/corrections", { params: { query }, signal })),
  });
  const [open, made] = [proposals.data?.items ?? [], corrections.data?.items ?? []];
  return (
    <Section title={t("book.changes.title")}>
      {[proposals, corrections].map(
        (each, index) =>
          each.error && <Failed key={index === 0 ? "proposals" : "corrections"} part error={each.error} onRetry={() => void each.refetch()} />,
      )}
      {proposals.data && corrections.data && open.length + made.length === 0 && <p>{t("book.changes.none")}</p>}
      <ul className={css.changes}>
        {open.map((each) => (
          <li key={each.id}>
            <span>{t(`book.names.${each.field}`)}</span>
            <Change old={each.old} next={each.new} />
            <span>
              <Badge tone="gap">{t("book.changes.proposed")}</Badge> <span className={css.small}>{sourceName(each.source)}</span>
            </span>
            <IconButton
              label={t("metadata.proposals.acceptNamed", { field: t(`book.names.${each.field}`), title: each.book_title })}
              icon={<Check />}
              disabled={deciding.isPending}
              onClick={() => deciding.accept.mutate({ ids: [each.id] })}
            />
          </li>
        ))}
        {made.map((each) => (
          <li key={each.id}>
            <span>{t(`book.names.${each.field}`)}</span>
            <Change old={each.old} next={each.new} />
            <span>
              <Badge tone={TONES[each.status]}>{t(`metadata.corrections.status.${each.status}`)}</Badge>{" "}
              <span className={css.small} title={format.moment(each.made_at)}>
                {sourceName(each.source)}, {format.relative(each.made_at)}
              </span>
            </span>
            {each.status === "applied" ? (
              <IconButton
                label={t("metadata.corrections.undoNamed", { field: t(`book.names.${each.field}`), title: each.book_title })}
                icon={<Undo2 />}
                disabled={undo.isPending}
                onClick={() => undo.mutate({ ids: [each.id] })}
              />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {(corrections.data?.total ?? 0) > SHOWN && (
        <Link to={`/metadata/corrections?book=${bookId}`}>
          {t("book.changes.all", { count: corrections.data?.total ?? 0 })}
        </Link>
      )}
    </Section>
  );
}
