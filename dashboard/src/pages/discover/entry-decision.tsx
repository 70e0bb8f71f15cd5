import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useActorName } from "../../parts/use-actor-name";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { FactRows } from "../../parts/fact-rows";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { seriesWords } from "../library/series-words";
import css from "./discover.module.css";

interface EntryDecisionProps {
  entry: Schema["ImportListEntry"];
  onClose: () => void;
}

/** Why an entry has its state, the books that it may be, and what a person can decide. */
export function EntryDecision({ entry, onClose }: EntryDecisionProps) {
  const { t, sentence } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const client = useQueryClient();
  const { say } = useToasts();
  const decide = useMutation({
    mutationFn: (body: Schema["EntryDecision"]) =>
      ok(api.POST("/api/import-lists/entries/{entry_id}", { params: { path: { entry_id: entry.id } }, body })),
    onSuccess: (answer) => {
      say({ text: t("discover.decided", { title: entry.title, state: t(`discover.entryState.${answer.state}`) }) });
      void client.invalidateQueries({ queryKey: ["lists"] });
      void client.invalidateQueries({ queryKey: ["missing"] });
      onClose();
    },
  });
  const path = entry.book_id
    ? `/library/${entry.book_id}`
    : entry.missing_book_id
      ? `/wanted/${entry.missing_book_id}`
      : undefined;
  return (
    <Dialog title={entry.title} onClose={onClose}>
      {decide.error && <Failed part error={decide.error} />}
      {entry.words && <p className={css.notice}>{entry.words}</p>}
      <FactRows
        facts={[
          [t("discover.columns.entryState"), t(`discover.entryState.${entry.state}`)],
          [t("discover.facts.authors"), (entry.authors ?? []).join(", ")],
          ["ISBN", entry.isbn],
          ["ASIN", entry.asin],
          [t("discover.facts.year"), entry.published_year],
          [t("discover.columns.match"), entry.work?.title],
          [t("discover.facts.decidedBy"), actorName(entry.decided_by)],
          [t("discover.facts.decidedAt"), entry.decided_at ? format.moment(entry.decided_at) : null],
        ]}
      />
      {path && <Link to={path}>{t(entry.book_id ? "discover.openBook" : "discover.openMissing")}</Link>}
      {(entry.reasons ?? []).length > 0 && (
        <details>
          <summary>{t("discover.reasons")}</summary>
          <ul className={css.lines}>
            {entry.reasons?.map(({ rule, words, translatable }) => (
              <li key={rule + words} dir="auto">
                {sentence(translatable?.["words"], words)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {(entry.candidates ?? []).length > 0 && (
        <section aria-label={t("discover.candidates")}>
          <h3>{t("discover.candidates")}</h3>
          <ul className={css.candidates}>
            {entry.candidates?.map((candidate) => (
              <Candidate
                key={candidate.entry.id}
                candidate={candidate}
                isBusy={decide.isPending}
                onChoose={() => decide.mutate({ choice: "candidate", candidate: candidate.entry.id })}
              />
            ))}
          </ul>
        </section>
      )}
      <DialogActions>
        <Button disabled={decide.isPending} onClick={() => decide.mutate({ choice: "match_again" })}>
          {t("discover.matchAgain")}
        </Button>
        {entry.state !== "ignored" && (
          <Button disabled={decide.isPending} onClick={() => decide.mutate({ choice: "ignore" })}>
            {t("discover.ignore")}
          </Button>
        )}
        {entry.state !== "owned" && entry.state !== "wanted" && (
          <Button look="strong" disabled={decide.isPending} onClick={() => decide.mutate({ choice: "as_listed" })}>
            {t("discover.asListed")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

interface CandidateProps {
  candidate: Schema["EntryJudgement"];
  isBusy: boolean;
  onChoose: () => void;
}

function Candidate({ candidate: { entry, confidence }, isBusy, onChoose }: CandidateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const about = [
    (entry.authors ?? []).join(", "),
    seriesWords(entry.series ?? []),
    entry.published_year,
    entry.duration_minutes ? format.duration(entry.duration_minutes * 60) : "",
    entry.provider,
  ];
  return (
    <li>
      <div>
        <b dir="auto">{entry.title}</b> <Badge>{t(`library.confidence.${confidence}`)}</Badge>
        <p className={css.quiet} dir="auto">
          {about.filter(Boolean).join(" · ")}
        </p>
      </div>
      <Button aria-label={t("discover.chooseNamed", { title: entry.title })} disabled={isBusy} onClick={onChoose}>
        {t("discover.choose")}
      </Button>
    </li>
  );
}
