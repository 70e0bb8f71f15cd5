/** The tasks by what they work on. */

export const GROUPS = [
  ["library", ["library_scan", "library_check", "release_check"]],
  ["gaps", ["series_completion", "author_completion", "top10_discovery", "import_lists"]],
  [
    "downloads",
    ["wanted_search", "upgrade_search", "download_monitor", "download_retry", "watched_folders", "seeding_check"],
  ],
  [
    "metadata",
    ["metadata_daily", "metadata_new_books", "metadata_missing", "metadata_full_refresh", "metadata_book", "metadata_books"],
  ],
  ["tracker", ["account_care", "tracker_access", "mam_scraping"]],
  ["upkeep", ["backup", "cleanup"]],
] as const;

export type Group = (typeof GROUPS)[number][0];

/** The tasks of each group, in its order. A task that no group names is in the last one. */
export function grouped<Task extends { name: string }>(tasks: readonly Task[]): [Group, Task[]][] {
  const known = new Set<string>(GROUPS.flatMap(([, names]) => names));
  return GROUPS.map(([group, names]): [Group, Task[]] => [
    group,
    [
      ...names.flatMap((name) => tasks.filter((task) => task.name === name)),
      ...(group === "upkeep" ? tasks.filter(({ name }) => !known.has(name)) : []),
    ],
  ]).filter(([, members]) => members.length > 0);
}

/** Whether a task needs to know the books, so that only another page can start it. */
export const needsBooks = (task: string): boolean => task === "metadata_book" || task === "metadata_books";
