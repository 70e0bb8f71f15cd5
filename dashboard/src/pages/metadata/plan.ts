/** The plan of a dry run, as it is in the details of the run. */

import type { Schema } from "../../api/client";
import type { Translatable } from "../../words/sentence";

interface Action {
  kind: string;
  what: string;
  words: string;
  book_id?: string | null;
  translatable?: Record<string, Translatable>;
}

export interface Plan {
  counts?: Record<string, number>;
  actions?: Action[];
}

/** The plan of a finished dry run. */
export function planOf(run: Schema["Run"] | undefined): Plan | undefined {
  return run?.status === "completed" ? (run.details as { plan?: Plan } | undefined)?.plan : undefined;
}

/** The books of a plan in its order, each with what would be done to it. */
export function booksOf(actions: readonly Action[]): { id: string; actions: Action[] }[] {
  const books = new Map<string, Action[]>();
  for (const action of actions) {
    const id = action.book_id;
    if (id) books.set(id, [...(books.get(id) ?? []), action]);
  }
  return [...books].map(([id, own]) => ({ id, actions: own }));
}
