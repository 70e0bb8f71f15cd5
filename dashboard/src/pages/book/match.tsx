import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed, Waiting } from "../../parts/states";
import { useActorName } from "../../parts/use-actor-name";
import { useFormat } from "../../parts/use-format";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import css from "./book.module.css";
import { CandidateTable } from "./candidate-table";
import { isIsbn } from "./edited";
import { useMatch } from "./use-match";

/** Which edition of which provider a book is: the candidates side by side, and what a person decided. */
export function Match({ book }: { book: Schema["Book"] }) {
  const { t, sentence } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const match = useMatch(book.id, book.title);
  const found = useQuery({
    queryKey: ["match", book.id],
    queryFn: ({ signal }) => ok(api.GET("/api/books/{book_id}/match", { params: { path: { book_id: book.id } }, signal })),
    enabled: open,
    staleTime: 5 * 60_000,
  });
  const decision = found.data?.decision;
  const failures = Object.entries(found.data?.failures ?? {});
  return (
    <Section
      title={t("book.match.title")}
      text={t("book.match.text")}
      actions={
        <>
          {book.match_decision && <Badge tone="accent">{t(`book.match.decision.${book.match_decision}`)}</Badge>}
          {!book.match_decision && book.match_confidence && (
            <Badge>{t("book.match.sure", { sure: t(`library.confidence.${book.match_confidence}`) })}</Badge>
          )}
          {!open && <Button onClick={() => setOpen(true)}>{t("book.match.show")}</Button>}
        </>
      }
    >
      {open && !found.data && <Waiting query={found} />}
      {found.data && found.error && <Failed part error={found.error} onRetry={() => void found.refetch()} />}
      {failures.map(([provider, why]) => (
        <p key={provider} className={css.silent} dir="auto">
          {t("book.match.silent", {
            provider: systemName(provider),
            why: sentence(found.data?.translatable?.[`failures.${provider}`], why),
          })}
        </p>
      ))}
      {decision && (
        <p className={css.decision}>
          <span dir="auto">
            {t("book.match.decided", {
              by: actorName(decision.decided_by) ?? "–",
              date: format.moment(decision.decided_at),
              what: [t(`book.match.decision.${decision.decision}`), decision.asin ?? decision.isbn ?? decision.entry?.id]
                .filter(Boolean)
                .join(" "),
            })}
          </span>
          <Button disabled={match.isPending} onClick={() => match.undecide.mutate(decision)}>
            {t("book.match.forget")}
          </Button>
        </p>
      )}
      {found.data && found.data.candidates.length === 0 && (
        <p>{t("book.match.nothing", { providers: format.list((found.data.answered ?? []).map(systemName)) || "–" })}</p>
      )}
      {found.data && found.data.candidates.length > 0 && (
        <CandidateTable
          book={book}
          candidates={found.data.candidates}
          busy={match.isPending}
          onChoose={(entry) => match.decide.mutate({ choice: { entry_id: entry.id }, before: decision })}
        />
      )}
      {found.data && (
        <div className={css.decision}>
          <Pin
            busy={match.isPending}
            onPin={(text) =>
              match.decide.mutate({ choice: isIsbn(text) ? { isbn: text } : { asin: text.toUpperCase() }, before: decision })
            }
          />
          <Button disabled={match.isPending} onClick={() => match.decide.mutate({ choice: { none: true }, before: decision })}>
            {t("book.match.none")}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Pins an edition that no provider listed as a candidate. */
function Pin({ busy, onPin }: { busy: boolean; onPin: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  return (
    <form
      className={css.pin}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onPin(text.trim());
      }}
    >
      <label>
        <span>{t("book.match.pinLabel")}</span>
        <input value={text} maxLength={20} onChange={({ target }) => setText(target.value)} />
      </label>
      <Button type="submit" disabled={busy || text.trim() === ""}>
        {t("book.match.pin")}
      </Button>
    </form>
  );
}
