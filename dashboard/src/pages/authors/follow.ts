/** The ways in which an author can be followed, the most common first. */
export const MODES = ["automatic", "all", "from_now_on", "none"] as const;

export type Mode = (typeof MODES)[number];
