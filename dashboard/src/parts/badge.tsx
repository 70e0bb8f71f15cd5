import type { ReactNode } from "react";

import css from "./badge.module.css";

export type Tone = "plain" | "accent" | "good" | "gap" | "bad";

/** A short state in words. Its colour only repeats what the words say. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={css.badge} data-tone={tone}>
      {children}
    </span>
  );
}
