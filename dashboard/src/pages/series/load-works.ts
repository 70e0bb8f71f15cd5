import { api, ok, type Schema } from "../../api/client";
import { batched } from "../../api/batched";

type Works = Pick<Schema["SeriesWorks"], "compared_at" | "problem" | "items" | "total">;

/** The most works that one call returns. */
const MOST = 200;
const SERIES_OF_A_CALL = 25;

const firstWorks = batched(SERIES_OF_A_CALL, async (id) => {
  const found = await ok(api.GET("/api/series/works", { params: { query: { id } } }));
  return new Map(found.map((each) => [each.id, each]));
});

/** The works of a series for its row: without evidence. Rows that are drawn together are loaded with one call. */
export async function loadWorks(id: string): Promise<Works> {
  const first = await firstWorks(id);
  return first && first.total === first.items.length ? first : await loadList(id);
}

/** The works of a series with their evidence. */
export function loadList(id: string): Promise<Schema["WorkList"]> {
  return ok(api.GET("/api/series/{series_id}/list", { params: { path: { series_id: id }, query: { limit: MOST } } }));
}
