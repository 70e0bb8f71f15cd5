import { RotateCcw, Trash2, X } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import type { BulkAction } from "../../list/selection-bar";
import { useTranslation } from "../../words";

/** What a person can do with many downloads. */
export function useActivityActions(count: number): BulkAction<Schema["DownloadFilter"]>[] {
  const { t } = useTranslation();
  const counted = (number: number) => ({ count: number });
  const retry = (body: Schema["DownloadSelection"]) => ok(api.POST("/api/downloads/retry", { body }));
  return [
    {
      words: t("selection.retry"),
      icon: <RotateCcw aria-hidden="true" />,
      call: retry,
      done: (number) => t("selection.retried", counted(number)),
    },
    {
      words: t("selection.cancel"),
      icon: <X aria-hidden="true" />,
      call: (body) => ok(api.POST("/api/downloads/cancel", { body })),
      done: (number) => t("selection.cancelled", counted(number)),
      undo: (ids) => retry({ ids }),
      ask: { title: t("selection.cancelTitle", counted(count)), text: t("selection.cancelText") },
    },
    {
      words: t("selection.remove"),
      icon: <Trash2 aria-hidden="true" />,
      call: (body) => ok(api.POST("/api/downloads/delete", { body })),
      done: (number) => t("selection.removed", counted(number)),
      ask: { title: t("selection.removeTitle", counted(count)), text: t("selection.removeText") },
    },
  ];
}
