/** Filters, sort and place of a list, as they stand in the address. */

import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** The place in the list: the index of the first visible row. */
export const PLACE = "at";

export interface ListAddress {
  get(name: string): string;
  /** A value that is one of these, or the first of them. */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value;
  /** A value that is one of these, or undefined. */
  filter<Value extends string>(name: string, values: readonly Value[]): Value | undefined;
  /** Change values. An empty one is removed. The place is removed too, because the rows are others. */
  set(changes: Record<string, string>): void;
  isFiltered(names: readonly string[]): boolean;
  /** The place at which the list was left. */
  place: number;
}

/** The search part of an address after some changes. */
export function changed(search: URLSearchParams, changes: Record<string, string>): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete(PLACE);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export function placeIn(search: URLSearchParams): number {
  const text = search.get(PLACE) ?? "";
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}

export function useListAddress(): ListAddress {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string>) =>
      setSearch((before) => changed(before, changes), { replace: true, preventScrollReset: true }),
    [setSearch],
  );
  return useMemo(() => {
    const filter = <Value extends string>(name: string, values: readonly Value[]) => {
      const given = search.get(name);
      return values.find((each) => each === given);
    };
    return {
      get: (name) => search.get(name) ?? "",
      filter,
      oneOf: (name, values) => filter(name, values) ?? (values[0] as (typeof values)[number]),
      set,
      isFiltered: (names) => names.some((name) => search.has(name)),
      place: placeIn(search),
    };
  }, [search, set]);
}

type Order<Field extends string> = Field | `-${Field}`;

/** The orders of a list: each field in both directions, after the order in which the list is shown at first. */
export function orders<Field extends string>(first: Order<Field>, fields: readonly Field[]): readonly Order<Field>[] {
  return [first, ...fields, ...fields.map((field) => `-${field}` as const)];
}
