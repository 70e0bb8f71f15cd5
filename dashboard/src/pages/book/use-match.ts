import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useRefreshMetadata } from "../metadata/use-undo";

type Choice = Schema["MatchChoice"];

/** What a decision was, as it can be made again. */
export function choiceOf(decision: Schema["Match"]): Choice {
  if (decision.decision === "unmatched") return { none: true };
  if (decision.asin) return { asin: decision.asin };
  if (decision.isbn) return { isbn: decision.isbn };
  return { entry_id: decision.entry?.id ?? null };
}

/** Decides which edition a book is, or forgets the decision. Each offers to undo the decision, but not what it wrote. */
export function useMatch(bookId: string, title: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refresh = useRefreshMetadata();
  const { say, fail } = useToasts();
  const params = { path: { book_id: bookId } };
  const choose = (body: Choice) => ok(api.PUT("/api/books/{book_id}/match", { params, body }));
  const forget = () => ok(api.DELETE("/api/books/{book_id}/match", { params }));
  const after = () => {
    refresh();
    void client.invalidateQueries({ queryKey: ["match", bookId] });
  };
  const report = (words: string, before: Schema["Match"] | null | undefined) => {
    after();
    const back = () => (before ? choose(choiceOf(before)) : forget());
    say({ text: words, undo: () => void (back() as Promise<unknown>).then(after, fail) });
  };
  const decide = useMutation({
    mutationFn: ({ choice }: { choice: Choice; before: Schema["Match"] | null | undefined }) => choose(choice),
    onError: fail,
    onSuccess: (_match, { choice, before }) => report(t(choice.none ? "book.match.noneDone" : "book.match.chosenDone", { title }), before),
  });
  const undecide = useMutation({
    mutationFn: (_before: Schema["Match"]) => forget(),
    onError: fail,
    onSuccess: (_answer, before) => report(t("book.match.forgotten", { title }), before),
  });
  return { decide, undecide, isPending: decide.isPending || undecide.isPending };
}
