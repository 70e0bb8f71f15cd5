import { useId, type ReactNode } from "react";

import css from "./home.module.css";

interface PanelProps {
  title: string;
  /** A link or a button at the end of the line of the title. */
  more?: ReactNode;
  children: ReactNode;
}

/** A part of the page, with a title of its own. */
export function Panel({ title, more, children }: PanelProps) {
  const id = useId();
  return (
    <section className={css.panel} aria-labelledby={id}>
      <header className={css.panelHeader}>
        <h2 id={id}>{title}</h2>
        {more}
      </header>
      {children}
    </section>
  );
}
