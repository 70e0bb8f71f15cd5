import { useLayoutEffect, useState, type RefObject } from "react";

/** What a list of covers takes of the width besides its columns: spaces, borders and the scroll bar. */
const INSET = 50;

/** How many columns of at least this width fit into an element, and how wide each is. */
export function useColumns(element: RefObject<HTMLElement | null>, atLeast: number, gap: number) {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new ResizeObserver(() => setWidth(observed.clientWidth));
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  const inner = Math.max(0, width - INSET);
  const columns = Math.max(2, Math.floor((inner + gap) / (atLeast + gap)));
  return { columns, width: inner === 0 ? atLeast : (inner - gap * (columns - 1)) / columns };
}
