import type { ReactNode } from "react";

import { Button } from "../parts/button";
import { Empty, Failed, Waiting } from "../parts/states";
import { useTranslation } from "../words";
import type { ListAddress } from "./address";
import type { PagedRows } from "./paged-rows";
import { VirtualRows, type RowProps, type VirtualRowsProps } from "./virtual-rows";

interface LongListProps<Item> extends Omit<VirtualRowsProps, "total" | "place" | "onShow" | "onOpen" | "children"> {
  rows: PagedRows<Item>;
  address: ListAddress;
  /** The names in the address that filter the list. */
  filters?: readonly string[];
  /** Changes when the list has other rows, so that it starts at its top. */
  id?: string;
  /** What an empty list without filters says. */
  empty: { title: string; text: string };
  onOpen: (item: Item, index: number) => void;
  children: (row: RowProps & { item: Item | undefined }) => ReactNode;
}

/** A long list with its states: loading, failed, empty, and the rows in sight. */
export function LongList<Item>(props: LongListProps<Item>) {
  const { rows, address, filters = [], id, empty, onOpen, children, ...shown } = props;
  const { t } = useTranslation();
  if (rows.total === undefined) return <Waiting query={rows} />;
  const open = (index: number) => {
    const item = rows.row(index);
    if (item) onOpen(item, index);
  };
  const clear = () => address.set(Object.fromEntries(filters.map((name) => [name, ""])));
  return (
    <>
      {rows.error !== null && <Failed part error={rows.error} onRetry={rows.refetch} />}
      {rows.total === 0 &&
        (address.isFiltered(filters) ? (
          <Empty title={t("states.emptyFiltered")} action={<Button onClick={clear}>{t("states.clearFilters")}</Button>} />
        ) : (
          <Empty title={empty.title}>{empty.text}</Empty>
        ))}
      {rows.total > 0 && (
        <VirtualRows key={id} {...shown} total={rows.total} place={address.place} onShow={rows.show} onOpen={open}>
          {(row) => children({ ...row, item: rows.row(row.index) })}
        </VirtualRows>
      )}
    </>
  );
}
