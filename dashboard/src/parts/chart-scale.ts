/** The scales and the paths of a chart. */

export interface Scale {
  low: number;
  high: number;
  /** Evenly spaced round numbers; the first is `low`, the last is `high`. */
  ticks: number[];
}

const STEPS_WANTED = 4;

/** A scale of round numbers that contains all values. With `fromZero` it begins at 0. */
export function scaleOf(values: readonly (number | null)[], fromZero = false): Scale {
  const known = values.filter((each): each is number => each !== null && Number.isFinite(each));
  let low = known.length > 0 ? Math.min(...known) : 0;
  let high = known.length > 0 ? Math.max(...known) : 1;
  if (fromZero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) [low, high] = fromZero || low === 0 ? [low, low + 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
  const step = roundStep((high - low) / STEPS_WANTED);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, ticks };
}

/** The next 1, 2 or 5 times a power of ten that is not smaller. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((each) => each * power >= step * 0.999_999) ?? 10;
  return factor * power;
}

/** Without the error of floating-point arithmetic: 0.3 instead of 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** The share of a value between two others. A span of no length is in its middle. */
export function shareOf(value: number, low: number, high: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

/** The paths of a line in a box. A null interrupts the line; a value between two nulls is a dot. */
export function pathsOf(
  xs: readonly number[],
  values: readonly (number | null)[],
  scale: Scale,
  { width, height }: { width: number; height: number },
): { line: string; dots: string } {
  let [line, dots] = ["", ""];
  let isDrawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDrawing = false;
      return;
    }
    const x = round((xs[index] ?? 0) * width);
    const y = round((1 - shareOf(value, scale.low, scale.high)) * height);
    if (!isDrawing && (values[index + 1] ?? null) === null) {
      dots += `M${x} ${y}h0`;
      return;
    }
    line += `${isDrawing ? "L" : "M"}${x} ${y}`;
    isDrawing = true;
  });
  return { line, dots };
}

/** The index of the nearest x. */
export function nearest(xs: readonly number[], x: number): number {
  let best = 0;
  xs.forEach((each, index) => {
    if (Math.abs(each - x) < Math.abs((xs[best] ?? 0) - x)) best = index;
  });
  return best;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
