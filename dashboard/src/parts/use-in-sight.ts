import { useEffect, type RefObject } from "react";

/** Move a line of links to the side until the present one is in sight. On a phone it may be beyond the edge. */
export function useInSight(line: RefObject<HTMLElement | null>, current: string): void {
  useEffect(() => {
    line.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the link that is present changes with it
  }, [line, current]);
}
