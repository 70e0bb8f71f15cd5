/** Calls that change many items: until every item has its answer. */

import type { Schema } from "../api/client";

type Result = Schema["BulkResult"];

/** The answers of all calls together. What one call did not reach in time is sent again by its ids. */
export async function changeAll(
  first: () => Promise<Result>,
  again: (ids: string[]) => Promise<Result>,
  onProgress: (reached: number) => void,
): Promise<Result> {
  let result = await first();
  let total = result;
  while (result.remaining?.length) {
    onProgress(total.done.length + (total.refused ?? 0));
    result = await again(result.remaining);
    if (result.remaining?.length && result.done.length === 0 && !result.refused) break;
    total = {
      done: [...total.done, ...result.done],
      refused: (total.refused ?? 0) + (result.refused ?? 0),
      problems: [...(total.problems ?? []), ...(result.problems ?? [])],
      remaining: result.remaining ?? [],
    };
  }
  return total;
}
