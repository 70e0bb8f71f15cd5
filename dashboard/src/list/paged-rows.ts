/** The rows of a long list, of which only the pages in sight are loaded. */

import { useQueries, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useCallback, useState } from "react";

export const PAGE_SIZE = 50;

export interface Page<Item> {
  items: Item[];
  total: number;
}

export interface PagedRows<Item> {
  /** The number of rows; undefined until the first page is loaded. */
  total: number | undefined;
  /** The row, or undefined while its page is loaded. */
  row: (index: number) => Item | undefined;
  /** Say which rows are in sight. */
  show: (first: number, last: number) => void;
  error: unknown;
  isPending: boolean;
  refetch: () => void;
}

/** The numbers of the pages that contain these rows. */
export function pagesOf(first: number, last: number): number[] {
  const [from, to] = [Math.floor(Math.max(0, first) / PAGE_SIZE), Math.floor(Math.max(0, last) / PAGE_SIZE)];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function usePagedRows<Item>(
  key: QueryKey,
  load: (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Item>>,
  startAt: number,
): PagedRows<Item> {
  const client = useQueryClient();
  const [sight, setSight] = useState({ first: startAt, last: startAt + 30 });
  const pages = pagesOf(sight.first, sight.last);
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => load(page * PAGE_SIZE, PAGE_SIZE, signal),
    })),
  });
  // While the pages in sight are loaded, the list keeps the length that it had.
  const [known, setKnown] = useState<{ key: string; total: number } | null>(null);
  const id = JSON.stringify(key);
  const loaded = queries.find((query) => query.data)?.data?.total;
  if (loaded !== undefined && (known?.key !== id || known.total !== loaded)) setKnown({ key: id, total: loaded });
  const total = loaded ?? (known?.key === id ? known.total : undefined);
  const row = (index: number): Item | undefined => {
    const page = Math.floor(index / PAGE_SIZE);
    const data = queries[pages.indexOf(page)]?.data ?? client.getQueryData<Page<Item>>([...key, page]);
    return data?.items[index % PAGE_SIZE];
  };
  const show = useCallback((first: number, last: number) => {
    setSight((before) => {
      const same = String(pagesOf(before.first, before.last)) === String(pagesOf(first, last));
      return same ? before : { first, last };
    });
  }, []);
  return {
    total,
    row,
    show,
    error: queries.find((query) => query.error)?.error ?? null,
    isPending: total === undefined,
    refetch: () => {
      for (const query of queries) if (query.error) void query.refetch();
    },
  };
}
