import { EyeOff, RotateCcw, Search } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import type { BulkAction } from "../../list/selection-bar";
import { useTranslation } from "../../words";

type Filter = Schema["MissingBookFilter"];

/** What a person can do with many missing books. */
export function useWantedActions(): BulkAction<Filter>[] {
  const { t } = useTranslation();
  const counted = (count: number) => ({ count });
  const ignore = (body: Schema["MissingBookSelection"]) => ok(api.POST("/api/books/missing/ignore", { body }));
  const want = (body: Schema["MissingBookSelection"]) => ok(api.POST("/api/books/missing/want", { body }));
  return [
    {
      words: t("selection.search"),
      icon: <Search aria-hidden="true" />,
      call: (body) => ok(api.POST("/api/books/missing/search", { body })),
      done: (count) => t("selection.searched", counted(count)),
    },
    {
      words: t("selection.want"),
      icon: <RotateCcw aria-hidden="true" />,
      call: want,
      done: (count) => t("selection.wanted", counted(count)),
    },
    {
      words: t("selection.ignore"),
      icon: <EyeOff aria-hidden="true" />,
      call: ignore,
      done: (count) => t("selection.ignored", counted(count)),
      undo: (ids) => want({ ids }),
    },
  ];
}
