import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import type { Mode } from "./follow";

/** Changes how an author is followed, and offers to undo that. */
export function useFollow(author: Pick<Schema["Author"], "id" | "name" | "follow">) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const put = (follow: Mode) =>
    ok(api.PUT("/api/authors/{author_id}", { params: { path: { author_id: author.id } }, body: { follow } }));
  const refresh = () => {
    for (const subject of ["authors", "missing", "series"]) void client.invalidateQueries({ queryKey: [subject] });
  };
  return useMutation({
    mutationFn: ({ to }: { to: Mode; from: Mode }) => put(to),
    onError: fail,
    onSuccess: (_answer, { to, from }) => {
      refresh();
      say({
        text: t("authors.changed", { name: author.name, mode: t(`authors.follow.${to}`) }),
        undo: () => void put(from).then(refresh, fail),
      });
    },
  });
}
