import type { Schema } from "../../api/client";

export type Entry = Schema["TopListEntry"];

/** Whether a person can want the book of an entry: it is not owned, and not wanted yet. */
export function mayBeWanted({ state, authors }: Pick<Entry, "state" | "authors">): boolean {
  const isOpen = state === "owned" || state === "wanted" || state === "downloading";
  return !isOpen && (authors ?? []).length > 0;
}
