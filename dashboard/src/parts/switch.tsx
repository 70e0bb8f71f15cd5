import type { ComponentProps } from "react";

import css from "./switch.module.css";

interface SwitchProps extends Omit<ComponentProps<"button">, "onChange" | "children"> {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** Turns something on or off at once. */
export function Switch({ label, on, onChange, ...button }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      title={label}
      {...button}
      className={css.switch}
      onClick={() => onChange(!on)}
    />
  );
}
