import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { useLocation } from "react-router";

import { PLACE } from "./address";
import { leastWidth } from "./least-width";
import { moved } from "./moves";
import css from "./virtual-rows.module.css";

export interface RowProps {
  index: number;
  /** Whether the keyboard is at this row: its links and buttons can be reached with Tab. */
  current: boolean;
}

export interface VirtualRowsProps {
  label: string;
  total: number;
  /** The index of the row that was at the top when the list was left. */
  place: number;
  /** More than one: the entries are shown as covers in columns. */
  columns?: number;
  rowHeight: number;
  header?: ReactNode;
  children: (row: RowProps) => ReactNode;
  onShow: (first: number, last: number) => void;
  onOpen: (index: number) => void;
  /** The widths of the columns of a table. */
  template?: string;
  /** Beside the list, with a function that moves a row to its top. */
  rail?: ((jump: (index: number) => void) => ReactNode) | undefined;
}

const PLACE_STORED_AFTER_MS = 200;
/** Rows within this distance of those in sight are drawn too. */
const OVERSCAN_PX = 250;

/** A list that draws only the rows in sight. The arrow keys move between rows, Enter opens one, and a person who comes
 * back finds the same row at the same height, with the focus on it. */
export function VirtualRows(props: VirtualRowsProps) {
  const { label, total, place, columns = 1, rowHeight, header, children, onShow, onOpen, template = "1fr", rail } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const location = useLocation();
  const left = (location.state as { row?: number } | null)?.row;
  const [current, setCurrent] = useState(left ?? place);
  /** The row that takes the focus as soon as it is drawn. */
  const focusNext = useRef(left);
  const rows = Math.ceil(total / columns);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: Math.ceil(OVERSCAN_PX / rowHeight),
    initialOffset: Math.floor(place / columns) * rowHeight,
  });
  const drawn = virtualizer.getVirtualItems();
  const first = (drawn[0]?.index ?? 0) * columns;
  const last = Math.min(total, ((drawn.at(-1)?.index ?? 0) + 1) * columns) - 1;

  useEffect(() => onShow(first, last), [first, last, onShow]);

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight, columns]);

  // Wherever the list comes from, it begins at the place in the address.
  const placed = useRef(false);
  useLayoutEffect(() => {
    if (placed.current || rows === 0) return;
    placed.current = true;
    if (place > 0) virtualizer.scrollToOffset(Math.floor(place / columns) * rowHeight);
  }, [rows, place, columns, rowHeight, virtualizer]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const store = () => {
      clearTimeout(timer);
      timer = setTimeout(() => storePlace(Math.round(element.scrollTop / rowHeight) * columns), PLACE_STORED_AFTER_MS);
    };
    element.addEventListener("scroll", store, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener("scroll", store);
    };
  }, [columns, rowHeight]);

  useEffect(() => {
    if (focusNext.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${focusNext.current}"]`);
    if (!row) return;
    focusNext.current = undefined;
    row.focus({ preventScroll: true });
  });

  const open = (index: number) => {
    const element = scroller.current;
    if (element) storePlace(Math.round(element.scrollTop / rowHeight) * columns);
    history.replaceState({ ...history.state, usr: { ...history.state?.usr, row: index } }, "");
    onOpen(index);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (!row || event.defaultPrevented) return;
    // A key that is held comes again before the focus has moved.
    const index = focusNext.current ?? Number(row.dataset.index);
    if (event.key === "Enter" && event.target === row) {
      event.preventDefault();
      open(index);
      return;
    }
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight);
    const next = moved(event.key, { index, total, columns, pageRows });
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    focusNext.current = next;
    virtualizer.scrollToIndex(Math.floor(next / columns), { align: "auto" });
  };

  const jump = (index: number) => {
    setCurrent(index);
    virtualizer.scrollToOffset(Math.floor(index / columns) * rowHeight);
  };

  // A row that is not drawn cannot take the focus. Then the first row in sight does.
  const reachable = current >= first && current <= last ? current : first;
  const style = {
    "--row": `${rowHeight}px`,
    "--columns": columns,
    "--template": template,
    "--least-width": leastWidth(template),
  } as CSSProperties;
  return (
    <div className={css.frame}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows have the focus */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows + (header ? 1 : 0)}
        className={css.grid}
        style={style}
        onKeyDown={onKeyDown}
      >
        {header && (
          <div role="row" aria-rowindex={1} className={css.header}>
            {header}
          </div>
        )}
        <div ref={scroller} className={css.scroller} role="rowgroup" data-scroller="">
          <div className={css.space} role="presentation" style={{ height: virtualizer.getTotalSize() }}>
            {drawn.map((item) => (
              <div
                key={item.key}
                className={columns > 1 ? css.columns : css.line}
                role={columns > 1 ? "row" : "presentation"}
                aria-rowindex={columns > 1 ? item.index + 1 : undefined}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {Array.from({ length: Math.min(columns, total - item.index * columns) }, (_, column) => {
                  const index = item.index * columns + column;
                  return (
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- onKeyDown above handles Enter
                    <div
                      key={index}
                      role={columns > 1 ? "gridcell" : "row"}
                      aria-rowindex={columns > 1 ? undefined : index + (header ? 2 : 1)}
                      data-index={index}
                      tabIndex={index === reachable ? 0 : -1}
                      className={columns > 1 ? css.cell : css.row}
                      onFocus={() => setCurrent(index)}
                      onClick={(event) => {
                        if (!(event.target as HTMLElement).closest("button, a, input")) open(index);
                      }}
                    >
                      {children({ index, current: index === reachable })}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </div>
      {rail?.(jump)}
    </div>
  );
}

/** Write the place into the address without a navigation: the page stays as it is. */
function storePlace(index: number): void {
  const url = new URL(location.href);
  if (index > 0) url.searchParams.set(PLACE, String(index));
  else url.searchParams.delete(PLACE);
  history.replaceState(history.state, "", url);
}
