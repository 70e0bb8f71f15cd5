import css from "./progress.module.css";

interface ProgressProps {
  label: string;
  /** From 0 to 1; null: it is not known how much there is to do. */
  share: number | null;
}

/** How far something is. */
export function Progress({ label, share }: ProgressProps) {
  return <progress className={css.bar} aria-label={label} max={1} {...(share === null ? {} : { value: share })} />;
}
