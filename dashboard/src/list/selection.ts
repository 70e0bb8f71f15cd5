/** Which rows of a list a person has selected: some by their ids, or all that match. */

import { useCallback, useMemo, useState } from "react";

/** What one call can change. */
export const MOST_SELECTED = 5_000;

interface Item {
  id: string;
}

interface Chosen {
  /** The list that the choice belongs to: with other filters nothing is selected. */
  key: string;
  all: boolean;
  ids: ReadonlySet<string>;
  /** The row from which Shift selects. */
  anchor: number;
}

export interface Selection {
  count: number;
  all: boolean;
  ids: readonly string[];
  has: (id: string) => boolean;
  /** Select or deselect a row; with `range` also the rows since the last one. */
  toggle: (index: number, range: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

/** The selection after a click on a row. Rows that are not loaded yet are left out of a range. */
export function toggled(
  before: ReadonlySet<string>,
  anchor: number,
  index: number,
  range: boolean,
  row: (index: number) => Item | undefined,
): ReadonlySet<string> {
  const id = row(index)?.id;
  if (id === undefined) return before;
  const ids = new Set(before);
  const select = !before.has(id);
  const [from, to] = range && anchor >= 0 ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
  for (let at = from; at <= to && ids.size < MOST_SELECTED; at += 1) {
    const each = row(at)?.id;
    if (each === undefined) continue;
    if (select) ids.add(each);
    else ids.delete(each);
  }
  return ids;
}

export function useSelection(key: string, total: number, row: (index: number) => Item | undefined): Selection {
  const [stored, setStored] = useState<Chosen>({ key, all: false, ids: new Set(), anchor: -1 });
  const empty = useMemo<Chosen>(() => ({ key, all: false, ids: new Set(), anchor: -1 }), [key]);
  const chosen = stored.key === key ? stored : empty;
  const toggle = useCallback(
    (index: number, range: boolean) =>
      setStored((before) => {
        const now = before.key === key && !before.all ? before : empty;
        // In a list that is selected as a whole, a click ends that.
        if (before.key === key && before.all) return empty;
        return { ...now, ids: toggled(now.ids, now.anchor, index, range, row), anchor: index };
      }),
    [key, empty, row],
  );
  return {
    count: chosen.all ? total : chosen.ids.size,
    all: chosen.all,
    ids: [...chosen.ids],
    has: (id) => chosen.all || chosen.ids.has(id),
    toggle,
    selectAll: () => setStored({ ...empty, all: true }),
    clear: () => setStored(empty),
  };
}
