import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, KeyRound } from "lucide-react";
import { useId, useState, type FormEvent } from "react";

import { api, ok, type Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Failed } from "../../parts/states";
import { Section } from "../../parts/section";
import { useToasts } from "../../parts/toasts";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { MorePages, usePages } from "./pages";
import css from "./system.module.css";

const SCOPES = ["read", "write", "admin"] as const;
type Scope = (typeof SCOPES)[number];

/** The keys of programs: make one, which is shown once, and revoke one. */
export function ApiKeys() {
  const { t } = useTranslation();
  const format = useFormat();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Schema["ApiKey"] | null>(null);
  const keys = usePages(["keys"], (offset, limit, signal) =>
    ok(api.GET("/api/system/keys", { params: { query: { offset, limit } }, signal })),
  );
  return (
    <Section
      title={t("system.keys.title")}
      text={t("system.keys.text")}
      actions={
        <Button icon={<KeyRound aria-hidden="true" />} onClick={() => setMaking(true)}>
          {t("system.keys.make")}
        </Button>
      }
    >
      <MorePages pages={keys} empty={t("system.keys.none")}>
        {(key) => (
          <li key={key.id}>
            <div className={css.line}>
              <b dir="auto">{key.name}</b>
              {key.scopes.map((scope) => (
                <Badge key={scope} tone={scope === "admin" ? "accent" : "plain"}>
                  {t(`system.keys.scope.${scope}`)}
                </Badge>
              ))}
              <span className={css.quiet}>
                {t("system.keys.made", { date: format.date(key.created_at) })} ·{" "}
                {key.last_used_at
                  ? t("system.keys.used", { when: format.relative(key.last_used_at) })
                  : t("system.keys.neverUsed")}
              </span>
              <Button aria-label={t("system.keys.revokeNamed", { name: key.name })} onClick={() => setRevoking(key)}>
                {t("system.keys.revoke")}
              </Button>
            </div>
          </li>
        )}
      </MorePages>
      {making && <MakeKey onClose={() => setMaking(false)} />}
      {revoking && <RevokeKey of={revoking} onClose={() => setRevoking(null)} />}
    </Section>
  );
}

/** Asks for a name and a scope, and shows the key that is made. */
function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const id = useId();
  const make = useMutation({
    mutationFn: () => ok(api.POST("/api/system/keys", { body: { name: name.trim(), scopes: [scope] } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["keys"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const made = make.data;
  if (made) {
    const copy = () => void navigator.clipboard.writeText(made.key).then(() => say({ text: t("system.keys.copied") }), fail);
    return (
      <Dialog title={t("system.keys.madeTitle", { name: made.name })} onClose={onClose}>
        <p>{t("system.keys.shownOnce")}</p>
        <code className={css.secret} data-focus-first="" tabIndex={-1}>
          {made.key}
        </code>
        <DialogActions>
          {"clipboard" in navigator && (
            <Button icon={<Copy aria-hidden="true" />} onClick={copy}>
              {t("system.keys.copy")}
            </Button>
          )}
          <Button look="strong" onClick={onClose}>
            {t("system.keys.done")}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("system.keys.make")} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <label htmlFor={id}>{t("system.keys.name")}</label>
        <input
          id={id}
          data-focus-first=""
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <fieldset className={css.scopes}>
          <legend>{t("system.keys.allows")}</legend>
          {SCOPES.map((each) => (
            <label key={each}>
              <input type="radio" name="scope" checked={scope === each} onChange={() => setScope(each)} />
              <span>
                <b>{t(`system.keys.scope.${each}`)}</b> {t(`system.keys.scopeText.${each}`)}
              </span>
            </label>
          ))}
        </fieldset>
        {make.error && <Failed part error={make.error} />}
        <DialogActions>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" look="strong" disabled={make.isPending || name.trim() === ""}>
            {t("system.keys.make")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function RevokeKey({ of, onClose }: { of: Schema["ApiKey"]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say, fail } = useToasts();
  const revoke = useMutation({
    mutationFn: () => ok(api.DELETE("/api/system/keys/{key_id}", { params: { path: { key_id: of.id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["keys"] });
      say({ text: t("system.keys.revoked", { name: of.name }) });
    },
    onError: fail,
    onSettled: onClose,
  });
  return (
    <Dialog title={t("system.keys.revokeTitle", { name: of.name })} onClose={onClose}>
      <p>{t("system.keys.revokeText")}</p>
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button look="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {t("system.keys.revoke")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
