import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Lock, LockOpen } from "lucide-react";

import { api, ok, type Schema } from "../../api/client";
import { IconButton } from "../../parts/button";
import { useToasts } from "../../parts/toasts";
import { useSourceName } from "../../parts/use-source-name";
import { useTranslation } from "../../words";
import css from "./book.module.css";
import { FIELDS, fieldValue, type Field } from "./field-values";
import { useChaptersWords } from "./use-chapters-words";

/** The fields of a book, where each value comes from, and whether it is locked. */
export function Fields({ book }: { book: Schema["Book"] }) {
  const sourceName = useSourceName();
  const chaptersWords = useChaptersWords();
  const { t } = useTranslation();
  const locked = new Set<string>(book.locked_fields ?? []);
  const lock = useLock(book);
  const source = (field: Field) => {
    const given = book.metadata_source?.[field];
    if (!given) return t("book.sources.none");
    return given === "MANUAL" || given === "UNLOCKED" ? t(`book.sources.${given}`) : sourceName(given);
  };
  return (
    <section className={css.section} aria-labelledby="fields">
      <h2 id="fields">{t("book.fields")}</h2>
      <table className={css.fields}>
        <thead>
          <tr>
            <th scope="col">{t("book.field")}</th>
            <th scope="col">{t("book.value")}</th>
            <th scope="col">{t("book.source")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("book.locked")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => {
            const value =
              field === "abridged" ? t(book.abridged ? "book.yes" : "book.no") : chaptersWords(fieldValue(book, field));
            const name = t(`book.names.${field}`);
            const isLocked = locked.has(field);
            return (
              <tr key={field} data-empty={value === "" || undefined}>
                <th scope="row">{name}</th>
                <td dir="auto" className={field === "description" ? css.long : undefined}>
                  {value || "–"}
                </td>
                <td className={css.small}>{value && source(field)}</td>
                <td>
                  <IconButton
                    label={t(isLocked ? "book.unlock" : "book.lock", { field: name })}
                    aria-pressed={isLocked}
                    icon={isLocked ? <Lock /> : <LockOpen />}
                    disabled={lock.isPending}
                    onClick={() => lock.mutate(field)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Locks or unlocks a field, and offers to undo that. */
function useLock(book: Schema["Book"]) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const path = { book_id: book.id };
  const before = book.locked_fields ?? [];
  const put = (fields: typeof before) =>
    ok(api.PUT("/api/books/{book_id}/locks", { params: { path }, body: { fields } })).then(() =>
      client.invalidateQueries({ queryKey: ["books"] }),
    );
  return useMutation({
    mutationFn: (field: Field) => put(before.includes(field) ? before.filter((each) => each !== field) : [...before, field]),
    onError: fail,
    onSuccess: (_answer, field) =>
      say({
        text: t(before.includes(field) ? "book.unlockedToast" : "book.lockedToast", { field: t(`book.names.${field}`) }),
        undo: () => void put(before).catch(fail),
      }),
  });
}
