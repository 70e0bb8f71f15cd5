import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";

import { useTranslation } from "../words";
import { IconButton } from "./button";
import css from "./dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The title is read, but not shown. */
  hideTitle?: boolean;
}

/** A modal dialog: the element of the browser, which keeps the focus inside and closes with Escape.
 *
 * The focus begins at the element with `data-focus-first`, or else at the first that can take it. */
export function Dialog({ title, onClose, children, hideTitle = false }: DialogProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    return () => {
      dialog?.close();
      // What opened the dialog may be gone, such as a row that was deleted.
      const after = before instanceof HTMLElement && before.isConnected ? before : document.getElementById("content");
      after?.focus({ preventScroll: true });
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes it
    <dialog
      ref={element}
      className={css.dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className={css.content}>
        <header className={hideTitle ? "visually-hidden" : css.header}>
          <h2 id={id}>{title}</h2>
          {!hideTitle && <IconButton label={t("app.close")} icon={<X />} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** The buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={css.actions}>{children}</div>;
}
