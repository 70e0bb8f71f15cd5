import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import css from "./discover.module.css";
import { sendFile } from "./send-file";
import { useKinds } from "./use-kinds";

interface ImportListFormProps {
  /** The list to change; without it a new one is added. */
  list?: Schema["ImportList"];
  onClose: () => void;
}

const SHELF_KINDS = ["goodreads_export", "storygraph_export"];

/** Adds an import list, with its file if its kind has one, or changes one. */
export function ImportListForm({ list, onClose }: ImportListFormProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  return (
    <Dialog title={list ? t("discover.editList") : t("discover.addList")} onClose={onClose}>
      {kinds.data ? <Form list={list} kinds={kinds.data} onClose={onClose} /> : <Waiting query={kinds} />}
    </Dialog>
  );
}

interface FormProps {
  list: Schema["ImportList"] | undefined;
  kinds: readonly Schema["ImportListKind"][];
  onClose: () => void;
}

function Form({ list, kinds, onClose }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useToasts();
  const [kindName, setKindName] = useState(list?.kind ?? kinds[0]?.name ?? "");
  const kind = kinds.find(({ name }) => name === kindName);
  const save = useMutation({
    mutationFn: async (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? "").trim();
      const body = {
        name: text("name"),
        priority: Number(text("priority")),
        auto_download: form.get("auto_download") !== null,
        enabled: form.get("enabled") !== null,
        removed_entries: text("removed_entries") as Schema["RemovedEntries"],
        ...(kind?.reads === "address" ? { address: text("address") } : {}),
        ...(SHELF_KINDS.includes(kindName) ? { shelf: text("shelf") } : {}),
      };
      if (list) {
        return ok(api.PUT("/api/import-lists/{list_id}", { params: { path: { list_id: list.id } }, body }));
      }
      const added = await ok(api.POST("/api/import-lists", { body: { ...body, kind: kindName } }));
      void client.invalidateQueries({ queryKey: ["lists"] });
      const file = form.get("file");
      if (file instanceof File && file.size > 0) await sendFile(added.id, file);
      void api.POST("/api/import-lists/{list_id}/sync", { params: { path: { list_id: added.id } } });
      return added;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["lists"] }),
    onSuccess: ({ name }) => {
      say({ text: t(list ? "discover.listChanged" : "discover.listAdded", { name }) });
      onClose();
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(new FormData(event.currentTarget));
      }}
    >
      {save.error && <Failed part error={save.error} />}
      {!list && (
        <label>
          {t("discover.form.kind")}
          <select name="kind" value={kindName} onChange={({ target }) => setKindName(target.value)} data-focus-first="">
            {kinds.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {kind && <p className={css.quiet}>{kind.description}</p>}
      <label>
        {t("discover.form.name")}
        <input name="name" required maxLength={200} defaultValue={list?.name} />
      </label>
      {kind?.reads === "address" && (
        <label>
          {t("discover.form.address")}
          <input name="address" type="url" required maxLength={500} defaultValue={list?.address ?? ""} placeholder={kind.example} />
        </label>
      )}
      {kind?.reads === "file" && !list && (
        <>
          <label>
            {t("discover.form.file")}
            <input name="file" type="file" accept=".csv,.txt,text/csv,text/plain" />
          </label>
          <details>
            <summary>{t("discover.form.example")}</summary>
            <pre>{kind.example}</pre>
          </details>
        </>
      )}
      {SHELF_KINDS.includes(kindName) && (
        <label>
          {t("discover.form.shelf")}
          <input name="shelf" maxLength={100} defaultValue={list?.shelf ?? "to-read"} />
        </label>
      )}
      <label>
        {t("discover.form.priority")}
        <input name="priority" type="number" min={0} max={100} required defaultValue={list?.priority ?? 50} />
      </label>
      <label>
        {t("discover.form.removed")}
        <select name="removed_entries" defaultValue={list?.removed_entries ?? "keep"}>
          <option value="keep">{t("discover.form.keep")}</option>
          <option value="withdraw">{t("discover.form.withdraw")}</option>
        </select>
      </label>
      <label className={css.check}>
        <input name="auto_download" type="checkbox" defaultChecked={list?.auto_download ?? false} />
        {t("discover.form.automatic")}
      </label>
      <label className={css.check}>
        <input name="enabled" type="checkbox" defaultChecked={list?.enabled ?? true} />
        {t("discover.form.enabled")}
      </label>
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look="strong" type="submit" disabled={save.isPending}>
          {t(list ? "discover.form.save" : "discover.form.add")}
        </Button>
      </DialogActions>
    </form>
  );
}
