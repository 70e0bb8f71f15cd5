import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { storeFollow, type Followed, type Mode } from "./follow";

/** Changes how an author or a series is followed, and offers to undo that. */
export function useFollow(followed: Followed) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const refresh = () => {
    for (const subject of ["authors", "missing", "series"]) void client.invalidateQueries({ queryKey: [subject] });
  };
  return useMutation({
    mutationFn: ({ to }: { to: Mode; from: Mode }) => storeFollow(followed, to),
    onError: fail,
    onSuccess: (_answer, { to, from }) => {
      refresh();
      say({
        text: t("authors.changed", { name: followed.name, mode: t(`authors.follow.${to}`) }),
        undo: () => void storeFollow(followed, from).then(refresh, fail),
      });
    },
  });
}
