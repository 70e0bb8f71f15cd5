import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MessageCircleQuestion, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import { api, ok, type Schema } from "../../api/client";
import { Button, IconButton } from "../../parts/button";
import { Failed } from "../../parts/states";
import { answerParts } from "./citations";
import css from "./discover.module.css";
import { MarkdownText } from "./markdown-text";

/** The last answer stays while the tab is open, so that a person comes back to it from a passage. */
const KEY = ["guides", "answer"] as const;
type Answer = Schema["GuideAnswer"];

/** Asks a question about the site. A language model words the answer if one is configured; its passages are shown. */
export function Ask() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [answer, setAnswer] = useState(() => client.getQueryData<Answer>(KEY) ?? null);
  const ask = useMutation({
    mutationFn: (question: string) => ok(api.POST("/api/guides/ask", { body: { question } })),
    onSuccess: (next) => {
      client.setQueryDefaults(KEY, { gcTime: Infinity });
      client.setQueryData(KEY, next);
      setAnswer(next);
    },
  });
  return (
    <section className={css.ask} aria-labelledby="ask">
      <h2 id="ask" className="visually-hidden">
        {t("discover.ask")}
      </h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const question = String(new FormData(event.currentTarget).get("question") ?? "").trim();
          if (question) ask.mutate(question);
        }}
      >
        <input
          name="question"
          required
          maxLength={500}
          defaultValue={answer?.question}
          aria-label={t("discover.question")}
          placeholder={t("discover.question")}
        />
        <Button type="submit" look="strong" icon={<MessageCircleQuestion aria-hidden="true" />} disabled={ask.isPending}>
          {t(ask.isPending ? "discover.asking" : "discover.ask")}
        </Button>
      </form>
      {ask.error && <Failed part error={ask.error} />}
      <div role="status">
        {answer && (
          <AnswerText
            answer={answer}
            onClose={() => {
              client.removeQueries({ queryKey: KEY });
              setAnswer(null);
            }}
          />
        )}
      </div>
    </section>
  );
}

function AnswerText({ answer, onClose }: { answer: Answer; onClose: () => void }) {
  const { t, sentence } = useTranslation();
  const numbers = answer.passages.map(({ number }) => number);
  return (
    <div className={css.answer}>
      <header>
        <h3 dir="auto">{answer.question}</h3>
        <IconButton label={t("discover.closeAnswer")} icon={<X />} onClick={onClose} />
      </header>
      {answer.answer && (
        <p className={css.worded} dir="auto">
          {answerParts(answer.answer, numbers).map((part, index) =>
            typeof part === "string" ? (
              part
            ) : (
              <button
                key={index}
                type="button"
                className={css.cite}
                aria-label={t("discover.passage", { number: part.number })}
                onClick={() => document.getElementById(`passage-${part.number}`)?.focus()}
              >
                {part.number}
              </button>
            ),
          )}
        </p>
      )}
      {answer.model && <p className={css.quiet}>{t("discover.byModel", { model: answer.model })}</p>}
      {answer.note && <p className={css.quiet}>{sentence(answer.translatable?.["note"], answer.note)}</p>}
      {answer.passages.length === 0 && <p>{t("discover.noPassages")}</p>}
      <ol className={css.passages} aria-label={t("discover.passages")}>
        {answer.passages.map(({ number, guide_id, title, heading, text }) => (
          <li key={number} id={`passage-${number}`} tabIndex={-1}>
            <span className={css.cite}>{number}</span>
            <div>
              <Link to={`/discover/guides/${guide_id}`} dir="auto">
                {[title, heading].filter(Boolean).join(" › ")}
              </Link>
              <MarkdownText markdown={text} level={4} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
