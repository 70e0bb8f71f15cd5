import css from "./column-headers.module.css";

interface ColumnHeadersProps {
  /** The words of each column, and the field by which it is sorted, or null. */
  columns: readonly (readonly [string, string | null])[];
  /** The name of a first column of boxes, which is read and not shown. */
  selected?: string | undefined;
  /** The field by which the rows are sorted, with “-” before it in descending order. */
  sort?: string;
  onSort?: (sort: string) => void;
}

/** The header of a table. A column that can be sorted is a button. */
export function ColumnHeaders({ columns, selected, sort = "", onSort }: ColumnHeadersProps) {
  const headers = columns.map(([words, field]) => {
    if (field === null) {
      return (
        <div key={words} role="columnheader">
          {words}
        </div>
      );
    }
    const direction = sort.replace(/^-/, "") !== field ? "none" : sort[0] === "-" ? "descending" : "ascending";
    return (
      <div key={words} role="columnheader" aria-sort={direction} className={css.column}>
        <button type="button" onClick={() => onSort?.(direction === "ascending" ? `-${field}` : field)}>
          {words}
          <span aria-hidden="true">{{ none: "", ascending: " ↑", descending: " ↓" }[direction]}</span>
        </button>
      </div>
    );
  });
  if (selected === undefined) return headers;
  return [
    <div key="selected" role="columnheader">
      <span className="visually-hidden">{selected}</span>
    </div>,
    ...headers,
  ];
}
