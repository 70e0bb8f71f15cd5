import { useCallback, type ReactNode } from "react";

import type { ListAddress } from "../../list/address";
import { ColumnHeaders } from "../../list/column-headers";
import type { PagedRows } from "../../list/paged-rows";
import { useNarrow } from "../../list/use-narrow";
import { VirtualRows } from "../../list/virtual-rows";
import { Button } from "../../parts/button";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";

interface ChangeListProps<Item> {
  rows: PagedRows<Item>;
  address: ListAddress;
  /** What in the address filters the list. */
  filters: readonly string[];
  /** Changes when the rows are others. */
  id: string;
  label: string;
  template: string;
  columns: readonly (readonly [string, string | null])[];
  sort: string;
  empty: { title: string; text: string };
  onOpen: (item: Item) => void;
  children: (item: Item | undefined, current: boolean) => ReactNode;
}

/** A long list with its states: loading, failed, empty, and the rows. */
export function ChangeList<Item>(props: ChangeListProps<Item>) {
  const { rows, address, filters, id, label, template, columns, sort, empty, onOpen, children } = props;
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { row } = rows;
  const open = useCallback(
    (index: number) => {
      const item = row(index);
      if (item) onOpen(item);
    },
    [row, onOpen],
  );
  if (rows.total === undefined) return <Waiting query={rows} />;
  return (
    <>
      {rows.error !== null && <Failed part error={rows.error} onRetry={rows.refetch} />}
      {rows.total === 0 &&
        (address.isFiltered(filters) ? (
          <Empty
            title={t("states.emptyFiltered")}
            action={
              <Button onClick={() => address.set(Object.fromEntries(filters.map((name) => [name, ""])))}>
                {t("states.clearFilters")}
              </Button>
            }
          />
        ) : (
          <Empty title={empty.title}>{empty.text}</Empty>
        ))}
      {rows.total > 0 && (
        <VirtualRows
          key={id}
          label={label}
          total={rows.total}
          place={address.place}
          rowHeight={narrow ? 132 : 64}
          template={narrow ? "minmax(0, 1fr) auto" : template}
          header={<ColumnHeaders columns={columns} sort={sort} onSort={(next) => address.set({ sort: next })} />}
          onShow={rows.show}
          onOpen={open}
        >
          {({ index, current }) => children(row(index), current)}
        </VirtualRows>
      )}
    </>
  );
}
