import type { Schema } from "../../api/client";

export interface Slots {
  used: number;
  /** By our grabs that the figures of the site do not include yet. */
  reserved: number;
  free: number;
  limit: number;
}

/** How the slots for torrents that still have to seed are used; null if the site does not report it. */
export function slotsOf(
  standing: Pick<Schema["Standing"], "unsatisfied" | "unsatisfied_limit"> | null,
  room: Pick<Schema["AccountRoom"], "reserved_slots"> | null,
): Slots | null {
  if (!standing || standing.unsatisfied === null || standing.unsatisfied_limit === null) return null;
  const [used, limit] = [standing.unsatisfied, standing.unsatisfied_limit];
  const reserved = room?.reserved_slots ?? 0;
  return { used, reserved, free: Math.max(0, limit - used - reserved), limit };
}
