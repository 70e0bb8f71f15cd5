import { api, ok, type Schema } from "../../api/client";

export type Mode = Schema["FollowMode"];

/** What can be followed: an author, or a series. */
export interface Followed {
  kind: "author" | "series";
  id: string;
  name: string;
  mode: Mode;
  /** The day after which works are wanted, if the mode is “from now on”. */
  from: string | null | undefined;
}

/** The ways in which each kind can be followed, the most common first. */
export const MODES = {
  author: ["automatic", "all", "from_now_on", "none"],
  series: ["all", "from_now_on", "none"],
} as const;

/** What a change of the mode would affect. A series cannot be followed automatically. */
export async function loadEffect({ kind, id }: Followed, follow: Mode, signal: AbortSignal): Promise<Schema["FollowEffect"]> {
  if (kind === "author") {
    const path = { author_id: id };
    return ok(api.GET("/api/authors/{author_id}/follow-effect", { params: { path, query: { follow } }, signal }));
  }
  if (follow === "automatic") return { closes: 0 };
  const path = { series_id: id };
  return ok(api.GET("/api/series/{series_id}/follow-effect", { params: { path, query: { follow } }, signal }));
}

/** Change how an author or a series is followed. A series cannot be followed automatically. */
export async function storeFollow({ kind, id }: Followed, follow: Mode): Promise<void> {
  if (kind === "author") {
    await ok(api.PUT("/api/authors/{author_id}", { params: { path: { author_id: id } }, body: { follow } }));
  } else if (follow !== "automatic") {
    await ok(api.PUT("/api/series/{series_id}", { params: { path: { series_id: id } }, body: { follow } }));
  }
}
