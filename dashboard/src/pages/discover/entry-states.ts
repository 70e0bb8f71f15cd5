import type { Schema } from "../../api/client";
import type { Tone } from "../../parts/badge";

type EntryState = Schema["ImportListEntry"]["state"];

/** What can become of an entry, those that need a person first. */
export const STATES = ["doubtful", "unmatched", "new", "wanted", "owned", "left_out", "ignored"] as const satisfies EntryState[];

export const STATE_TONES: Record<EntryState, Tone> = {
  doubtful: "gap",
  unmatched: "bad",
  new: "plain",
  wanted: "accent",
  owned: "good",
  left_out: "plain",
  ignored: "plain",
};
