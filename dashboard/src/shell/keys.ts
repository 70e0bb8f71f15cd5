/** Keys that work on every page. They take none of the browser's, and none while a person types. */

import { useEffect } from "react";
import { useNavigate } from "react-router";

import { PAGES } from "./pages";

const SEQUENCE_MS = 1_500;

interface Keys {
  onPalette: () => void;
  onHelp: () => void;
}

export function useKeys({ onPalette, onHelp }: Keys): void {
  const navigate = useNavigate();
  useEffect(() => {
    let startedAt = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const page = performance.now() - startedAt < SEQUENCE_MS && PAGES.find(({ key }) => key === event.key);
      startedAt = event.key === "g" ? performance.now() : -Infinity;
      if (page) {
        event.preventDefault();
        void navigate(page.path);
      } else if (event.key === "?") {
        event.preventDefault();
        onHelp();
      } else if (event.key === "u") {
        // The newest message is the last one.
        const undo = [...document.querySelectorAll<HTMLButtonElement>("[data-undo]")].at(-1);
        if (!undo) return;
        event.preventDefault();
        undo.click();
      } else if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("[data-list-search]");
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [navigate, onPalette, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
