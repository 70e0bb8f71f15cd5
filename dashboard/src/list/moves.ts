/** The keys that move between the rows of a list, or between the covers in its columns. */

interface Position {
  index: number;
  total: number;
  columns: number;
  /** The number of rows in sight. */
  pageRows: number;
}

/** The index after a key, or undefined if the key does not move. */
export function moved(key: string, { index, total, columns, pageRows }: Position): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * Math.max(1, pageRows - 1),
    PageUp: -columns * Math.max(1, pageRows - 1),
    ...(columns > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : { j: 1, k: -1 }),
  };
  if (total === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return total - 1;
  const step = steps[key];
  if (step === undefined) return undefined;
  const next = index + step;
  if (next < 0) return columns > 1 && step === -columns ? index : 0;
  return Math.min(total - 1, next);
}
