import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok } from "../../api/client";
import { useToasts } from "../../parts/toasts";
import type { Entry } from "./top-list-entry";

/** Wants the book of an entry of a top list. An ignored book counts as missing again. */
export function useWant(genre: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const refresh = () => void client.invalidateQueries({ queryKey: ["missing"] });
  const put = (missingId: string, status: "ignored" | "identified") =>
    ok(
      api.PUT("/api/books/missing/{missing_book_id}", {
        params: { path: { missing_book_id: missingId } },
        body: { status },
      }),
    );
  return useMutation({
    mutationFn: async (entry: Entry): Promise<{ missingId: string | null; isWanted: boolean }> => {
      if (entry.missing_book_id && (entry.state === "ignored" || entry.state === "was_owned")) {
        await put(entry.missing_book_id, "identified");
        return { missingId: entry.missing_book_id, isWanted: true };
      }
      const { title, authors = [], narrators = [], series = [], isbn = null, asin = null, language = null } = entry;
      const body = { title, authors, narrators, series, isbn, asin, language };
      const found_in = t("discover.foundIn", { genre });
      const answer = await ok(api.POST("/api/books/missing", { body: { ...body, found_in } }));
      const isWanted = answer.added || answer.state === "wanted" || answer.state === "downloading";
      return { missingId: answer.missing_book_id ?? null, isWanted };
    },
    onError: fail,
    onSuccess: ({ missingId, isWanted }, { title }) => {
      refresh();
      if (!isWanted) say({ text: t("discover.notWanted", { title }) });
      else if (missingId) say({ text: t("discover.wanted", { title }), undo: () => void put(missingId, "ignored").then(refresh, fail) });
    },
  });
}
