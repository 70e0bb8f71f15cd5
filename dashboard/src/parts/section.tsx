import { useId, type ReactNode } from "react";

import css from "./section.module.css";

interface SectionProps {
  title: string;
  /** What the section is for, in one line. */
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A framed part of a page with its own title. */
export function Section({ title, text, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <header className={css.header}>
        <h2 id={id}>{title}</h2>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {text && <p className={css.text}>{text}</p>}
      {children}
    </section>
  );
}
