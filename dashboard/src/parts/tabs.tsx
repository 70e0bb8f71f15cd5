import { useRef } from "react";
import { Link, useSearchParams } from "react-router";

import css from "./tabs.module.css";
import { useInSight } from "./use-in-sight";

/** The name of the tab in the address. The first tab has none. */
const TAB = "tab";

export function useTab<Tab extends string>(tabs: readonly [Tab, ...Tab[]]): Tab {
  const [search] = useSearchParams();
  return tabs.find((each) => each === search.get(TAB)) ?? tabs[0];
}

interface TabsProps<Tab extends string> {
  label: string;
  /** Each with its words. */
  tabs: readonly (readonly [Tab, string])[];
  current: Tab;
}

/** The parts of a page as links, so that each has its address. */
export function Tabs<Tab extends string>({ label, tabs, current }: TabsProps<Tab>) {
  const list = useRef<HTMLElement>(null);
  useInSight(list, current);
  return (
    <nav ref={list} aria-label={label} className={css.tabs}>
      <ul>
        {tabs.map(([tab, words], index) => (
          <li key={tab}>
            <Link to={{ search: index === 0 ? "" : `?${TAB}=${tab}` }} aria-current={tab === current ? "page" : undefined}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
