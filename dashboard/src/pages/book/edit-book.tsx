import { useMutation } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import { useRefreshMetadata, useUndo } from "../metadata/use-undo";
import css from "./book.module.css";
import { changesOf, formOf, isList } from "./edited";
import { EDITABLE } from "./field-values";

/** A button that opens the fields of a book to be edited. */
export function EditBook({ book }: { book: Schema["Book"] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Pencil aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t("book.edit.open")}
      </Button>
      {open && <EditDialog book={book} onClose={() => setOpen(false)} />}
    </>
  );
}

function EditDialog({ book, onClose }: { book: Schema["Book"]; onClose: () => void }) {
  const { t } = useTranslation();
  const refresh = useRefreshMetadata();
  const undo = useUndo();
  const { say } = useToasts();
  const [before] = useState(() => formOf(book));
  const [form, setForm] = useState(before);
  const changes = changesOf(before, form);
  const changed = Object.keys(changes).length;
  const path = { book_id: book.id };
  const inAudiobookshelf = book.abs_id !== null && book.abs_id !== undefined;
  const save = useMutation({
    mutationFn: async (): Promise<string[]> => {
      if (!inAudiobookshelf) {
        await ok(api.PUT("/api/books/{book_id}", { params: { path }, body: changes as Schema["BookUpdate"] }));
        return [];
      }
      const body = changes as Schema["GivenMetadata"];
      const { corrections } = await ok(api.POST("/api/books/{book_id}/metadata", { params: { path }, body }));
      return corrections.map(({ id }) => id);
    },
    onSuccess: (ids) => {
      refresh();
      const undone = ids.length > 0 ? { undo: () => undo.mutate({ ids }) } : {};
      say({ text: t("book.edit.saved", { count: changed }), ...undone });
      onClose();
    },
  });
  return (
    <Dialog title={t("book.edit.title")} onClose={onClose}>
      <p className={css.small}>{t(inAudiobookshelf ? "book.edit.text" : "book.edit.textByHand")}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {EDITABLE.map((field) => {
          const props = {
            value: form[field],
            dir: "auto" as const,
            onChange: ({ target }: { target: { value: string } }) => setForm({ ...form, [field]: target.value }),
          };
          return (
            <label key={field}>
              <span>
                {t(`book.names.${field}`)}
                {isList(field) && <small> {t(field === "series" ? "book.edit.seriesHint" : "book.edit.listHint")}</small>}
              </span>
              {isList(field) || field === "description" ? (
                <textarea rows={field === "description" ? 5 : 2} {...props} />
              ) : (
                <input {...props} data-focus-first={field === "title" ? "" : undefined} />
              )}
            </label>
          );
        })}
        <label className={css.check}>
          <input
            type="checkbox"
            checked={form.abridged}
            onChange={({ target }) => setForm({ ...form, abridged: target.checked })}
          />
          <span>{t("book.names.abridged")}</span>
        </label>
        {save.error && <Failed part error={save.error} />}
        <DialogActions>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" look="strong" disabled={changed === 0 || save.isPending}>
            {t("book.edit.save", { count: changed })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
