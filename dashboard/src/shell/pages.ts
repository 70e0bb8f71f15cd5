import { Activity, BookDashed, LibraryBig, Rows3, type LucideIcon } from "lucide-react";

interface PageLink {
  path: string;
  name: "library" | "series" | "wanted" | "activity";
  icon: LucideIcon;
  /** The second of two keys: g, then this one. */
  key: string;
}

/** The pages in the navigation, in its order. */
export const PAGES: readonly PageLink[] = [
  { path: "/library", name: "library", icon: LibraryBig, key: "l" },
  { path: "/series", name: "series", icon: Rows3, key: "s" },
  { path: "/wanted", name: "wanted", icon: BookDashed, key: "w" },
  { path: "/activity", name: "activity", icon: Activity, key: "a" },
];
