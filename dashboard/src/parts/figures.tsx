import type { ReactNode } from "react";

import css from "./figures.module.css";

interface Figure {
  name: string;
  value: ReactNode;
  /** What the value means, in a few words. */
  note?: ReactNode;
}

/** A few large numbers, each with its name. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={css.figures}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <b>{value}</b>
            {note && <span>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
