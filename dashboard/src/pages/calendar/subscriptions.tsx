import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";

import { api, basePath, ok } from "../../api/client";
import { Button, IconButton } from "../../parts/button";
import { Dialog } from "../../parts/dialog";
import { Failed, Waiting } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./calendar.module.css";

const KEY = ["calendar-keys"] as const;

/** The addresses with which other calendars read this one. Each has its own key, which is shown once. */
export function Subscriptions({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [revoking, setRevoking] = useState<string>();
  const keys = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET("/api/calendar/keys", { params: { query: { limit: 100 } }, signal })),
  });
  const refresh = () => client.invalidateQueries({ queryKey: KEY });
  const create = useMutation({
    mutationFn: (name: string) => ok(api.POST("/api/calendar/keys", { body: { name } })),
    onSuccess: refresh,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => ok(api.DELETE("/api/calendar/keys/{key_id}", { params: { path: { key_id: id } } })),
    onError: fail,
    onSuccess: () => {
      setRevoking(undefined);
      say({ text: t("calendar.revoked") });
      return refresh();
    },
  });
  const address = create.data ? `${location.origin}${basePath}${create.data.path}` : "";
  return (
    <Dialog title={t("calendar.subscribe")} onClose={onClose}>
      <p>{t("calendar.subscribeText")}</p>
      <form
        className={css.create}
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
          if (name) create.mutate(name);
        }}
      >
        <label>
          {t("calendar.keyName")}
          <input name="name" required maxLength={100} placeholder={t("calendar.keyExample")} data-focus-first="" />
        </label>
        <Button type="submit" look="strong" disabled={create.isPending}>
          {t("calendar.create")}
        </Button>
      </form>
      {create.error && <Failed part error={create.error} />}
      {address && (
        <div className={css.address} role="status">
          <p>{t("calendar.once")}</p>
          <div>
            <input readOnly value={address} aria-label={t("calendar.address")} onFocus={({ target }) => target.select()} />
            {"clipboard" in navigator && (
              <IconButton
                label={t("calendar.copy")}
                icon={<Copy />}
                onClick={() => void navigator.clipboard.writeText(address).then(() => say({ text: t("calendar.copied") }))}
              />
            )}
          </div>
        </div>
      )}
      {keys.data ? (
        <ul className={css.keys} aria-label={t("calendar.keys")}>
          {keys.data.items.map(({ id, name, created_at }) => (
            <li key={id}>
              <span dir="auto">
                {name} <small>{t("calendar.created", { date: format.date(created_at) })}</small>
              </span>
              {revoking === id ? (
                <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate(id)}>
                  {t("calendar.revokeDo")}
                </Button>
              ) : (
                <IconButton label={t("calendar.revoke", { name })} icon={<Trash2 />} onClick={() => setRevoking(id)} />
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Waiting query={keys} />
      )}
    </Dialog>
  );
}
