import {
  Activity,
  BookDashed,
  CalendarClock,
  CircleUserRound,
  Compass,
  HeartPulse,
  CalendarDays,
  ChartColumn,
  House,
  LibraryBig,
  ListChecks,
  Rows3,
  Settings,
  UsersRound,
  type LucideIcon,
} from "lucide-react";

import type { Words } from "../words";

interface PageLink {
  path: string;
  name: Exclude<keyof Words["pages"], "book">;
  icon: LucideIcon;
  /** The second of two keys: g, then this one. */
  key: string;
}

/** The pages in the navigation, in its order; pages of one kind are a group. Phones show the first group in the bar. */
export const GROUPS: readonly (readonly PageLink[])[] = [
  [
    { path: "/", name: "home", icon: House, key: "h" },
    { path: "/library", name: "library", icon: LibraryBig, key: "l" },
    { path: "/wanted", name: "wanted", icon: BookDashed, key: "w" },
    { path: "/activity", name: "activity", icon: Activity, key: "a" },
  ],
  [
    { path: "/series", name: "series", icon: Rows3, key: "s" },
    { path: "/authors", name: "authors", icon: UsersRound, key: "u" },
    { path: "/discover", name: "discover", icon: Compass, key: "d" },
    { path: "/calendar", name: "calendar", icon: CalendarDays, key: "k" },
    { path: "/metadata", name: "metadata", icon: ListChecks, key: "m" },
  ],
  [
    { path: "/account", name: "account", icon: CircleUserRound, key: "t" },
    { path: "/statistics", name: "statistics", icon: ChartColumn, key: "n" },
    { path: "/schedule", name: "schedule", icon: CalendarClock, key: "c" },
    { path: "/system", name: "system", icon: HeartPulse, key: "y" },
    { path: "/settings", name: "settings", icon: Settings, key: "e" },
  ],
];

export const PAGES: readonly PageLink[] = GROUPS.flat();
