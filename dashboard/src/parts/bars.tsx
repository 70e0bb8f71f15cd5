import type { CSSProperties, ReactNode } from "react";

import css from "./bars.module.css";

export interface Bar {
  name: ReactNode;
  /** Names it among the others. */
  key: string;
  value: number;
  /** The value in words. */
  words: string;
}

/** Values side by side: each with its name, its words, and a bar that is as long as its share of the largest. */
export function Bars({ bars, most }: { bars: readonly Bar[]; most?: number }) {
  const largest = Math.max(most ?? 0, ...bars.map(({ value }) => value), 1e-9);
  return (
    <dl className={css.bars}>
      {bars.map(({ name, key, value, words }) => (
        <div key={key}>
          <dt dir="auto">{name}</dt>
          <dd>
            <i aria-hidden="true" style={{ "--share": value / largest } as CSSProperties} />
            <span>{words}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
