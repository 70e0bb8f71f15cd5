import { Lock, LockOpen, RefreshCw } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import type { BulkAction, Chosen } from "../../list/selection-bar";
import { useTranslation } from "../../words";

type Filter = Schema["BookFilter"];

/** What a person can do with many books. */
export function useLibraryActions(count: number): BulkAction<Filter>[] {
  const { t } = useTranslation();
  const counted = (number: number) => ({ count: number });
  const refresh = async (body: Chosen<Filter>): Promise<Schema["BulkResult"]> => {
    await ok(api.POST("/api/books/refresh", { body }));
    return { done: "ids" in body ? body.ids : [], refused: 0, problems: [], remaining: [] };
  };
  return [
    {
      words: t("selection.refresh"),
      icon: <RefreshCw aria-hidden="true" />,
      call: refresh,
      done: () => t("selection.refreshing", counted(count)),
    },
    {
      words: t("selection.lock"),
      icon: <Lock aria-hidden="true" />,
      call: (body) => ok(api.POST("/api/books/lock", { body })),
      done: (number) => t("selection.locked", counted(number)),
    },
    {
      words: t("selection.unlock"),
      icon: <LockOpen aria-hidden="true" />,
      call: (body) => ok(api.POST("/api/books/unlock", { body })),
      done: (number) => t("selection.unlocked", counted(number)),
      ask: { title: t("selection.unlockTitle", counted(count)), text: t("selection.unlockText") },
    },
  ];
}
