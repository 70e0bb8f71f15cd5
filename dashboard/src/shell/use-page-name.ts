import { useEffect, useRef, useState, type RefObject } from "react";
import { useLocation } from "react-router";

const NAME_LENGTH = 120;

/** The name of the page after a navigation: the text of its heading. Empty for the first page.
 *
 * The title of the window follows the heading, too. After a navigation the focus moves to the new page, unless the page
 * has taken it already. */
export function usePageName(content: RefObject<HTMLElement | null>): string {
  const { pathname } = useLocation();
  const [name, setName] = useState("");
  const left = useRef<string | null>(window.location.pathname);
  const shown = useRef(pathname);
  useEffect(() => {
    const element = content.current;
    if (!element) return undefined;
    const read = () => {
      const heading = element.querySelector("h1")?.textContent?.slice(0, NAME_LENGTH) ?? "";
      const title = heading ? `${heading} – Gapless` : "Gapless";
      if (document.title === title) return;
      document.title = title;
      if (window.location.pathname === left.current) return;
      left.current = null;
      setName(heading);
    };
    const observer = new MutationObserver(read);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    read();
    return () => observer.disconnect();
  }, [content]);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const focused = document.activeElement;
    if (!focused?.closest("dialog") && !content.current?.contains(focused)) content.current?.focus({ preventScroll: true });
  }, [content, pathname]);
  return name;
}
