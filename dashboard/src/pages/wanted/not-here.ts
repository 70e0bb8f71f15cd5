/** One list of several lists, one after the other. The API filters by one status only. */

export interface Part {
  /** The number of the list. */
  list: number;
  offset: number;
  limit: number;
}

/** Which parts of lists with these lengths make the rows from `offset` on, at most `limit` of them. */
export function partsOf(totals: readonly number[], offset: number, limit: number): Part[] {
  const parts: Part[] = [];
  let [skip, left] = [offset, limit];
  for (const [list, total] of totals.entries()) {
    const taken = Math.min(left, Math.max(0, total - skip));
    if (taken > 0) parts.push({ list, offset: skip, limit: taken });
    skip = Math.max(0, skip - total);
    left -= taken;
  }
  return parts;
}

interface Page<Item> {
  items: Item[];
  total: number;
}

/** Load rows of the joined list. */
export async function loadJoined<Item>(
  lists: readonly ((offset: number, limit: number) => Promise<Page<Item>>)[],
  offset: number,
  limit: number,
): Promise<Page<Item>> {
  const totals = (await Promise.all(lists.map((list) => list(0, 1)))).map(({ total }) => total);
  const parts = await Promise.all(
    partsOf(totals, offset, limit).map((part) => lists[part.list]?.(part.offset, part.limit)),
  );
  return {
    items: parts.flatMap((part) => part?.items ?? []),
    total: totals.reduce((sum, total) => sum + total, 0),
  };
}
