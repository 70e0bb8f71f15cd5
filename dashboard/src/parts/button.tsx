import type { ComponentProps, ReactNode } from "react";

import css from "./button.module.css";

type ButtonProps = ComponentProps<"button"> & { look?: "plain" | "strong" | "quiet" | "danger"; icon?: ReactNode };

/** A button with words. */
export function Button({ look = "plain", icon, children, className, type = "button", ...rest }: ButtonProps) {
  return (
    // oxlint-disable-next-line react/button-has-type -- it has the default above
    <button type={type} className={[css.button, css[look], className].filter(Boolean).join(" ")} {...rest}>
      {icon}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & { label: string; icon: ReactNode };

/** A button with only an icon. Its name is read by screen readers and shown as a tip. */
export function IconButton({ label, icon, className, type = "button", ...rest }: IconButtonProps) {
  return (
    // oxlint-disable-next-line react/button-has-type -- it has the default above
    <button
      type={type}
      aria-label={label}
      title={label}
      className={[css.button, css.icon, className].filter(Boolean).join(" ")}
      {...rest}
    >
      {icon}
    </button>
  );
}
