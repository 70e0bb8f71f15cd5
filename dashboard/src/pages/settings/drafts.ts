/** Changes of settings that are not saved. They outlive the page, so that a person who leaves it loses none. */

import { useSyncExternalStore } from "react";

import type { Drafts, Value } from "./settings-model";

let drafts: Drafts = new Map();
const listeners = new Set<() => void>();

/** Change drafts; undefined removes one. */
export function setDrafts(changes: Iterable<readonly [string, Value | undefined]>): void {
  const next = new Map(drafts);
  for (const [name, value] of changes) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  drafts = next;
  if (drafts.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
  for (const listener of listeners) listener();
}

export function useDrafts(): Drafts {
  return useSyncExternalStore(subscribe, () => drafts);
}

/** The browser asks before a tab is closed that has drafts. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
