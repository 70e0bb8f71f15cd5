import { useInfiniteQuery, type QueryKey, type UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Button } from "../../parts/button";
import { Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import css from "./system.module.css";

const PAGE_SIZE = 50;

interface Page<Item> {
  items: Item[];
  total: number;
  offset: number;
}

interface Pages<Item> {
  items: Item[];
  total: number | undefined;
  query: Pick<UseInfiniteQueryResult, "error" | "isPending" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
}

/** A list that is read page by page, as a person asks for more. */
export function usePages<Item>(
  key: QueryKey,
  load: (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, PAGE_SIZE, signal),
    initialPageParam: 0,
    getNextPageParam: (last: Page<Item>) => {
      const next = last.offset + last.items.length;
      return last.items.length > 0 && next < last.total ? next : undefined;
    },
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    total: query.data?.pages.at(-1)?.total,
    query,
  };
}

interface MorePagesProps<Item> {
  pages: Pages<Item>;
  empty: string;
  children: (item: Item) => ReactNode;
}

/** The items of the pages read so far, and a button for the next. */
export function MorePages<Item>({ pages, empty, children }: MorePagesProps<Item>) {
  const { t } = useTranslation();
  const { items, total, query } = pages;
  if (total === undefined) return <Waiting query={query} />;
  return (
    <>
      {query.error !== null && <Failed part error={query.error} onRetry={() => void query.refetch()} />}
      {items.length === 0 && <p className={css.quiet}>{empty}</p>}
      <ul className={css.messages}>{items.map(children)}</ul>
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("authors.moreWorks", { count: total - items.length })}
        </Button>
      )}
    </>
  );
}
