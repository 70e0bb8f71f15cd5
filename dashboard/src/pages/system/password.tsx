import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";

import { api, ok } from "../../api/client";
import { Button } from "../../parts/button";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { useToasts } from "../../parts/toasts";
import { useTranslation } from "../../words";
import css from "./system.module.css";

const SHORTEST = 10;
const EMPTY = { current: "", password: "", repeated: "" };

/** Replaces the password. All other browsers are signed out. */
export function Password() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { say } = useToasts();
  const [given, setGiven] = useState(EMPTY);
  const [wrong, setWrong] = useState("");
  const id = useId();
  const change = useMutation({
    mutationFn: () =>
      ok(api.PUT("/api/session/password", { body: { current: given.current || null, password: given.password } })),
    onSuccess: () => {
      setGiven(EMPTY);
      say({ text: t("system.password.changed") });
      void client.invalidateQueries({ queryKey: ["sessions"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (given.password.length < SHORTEST) return setWrong(t("firstRun.short"));
    if (given.password !== given.repeated) return setWrong(t("firstRun.differ"));
    setWrong("");
    change.mutate();
  };
  const field = (name: keyof typeof EMPTY, label: string, autoComplete: string) => (
    <>
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        type="password"
        autoComplete={autoComplete}
        maxLength={200}
        value={given[name]}
        onChange={({ target }) => setGiven({ ...given, [name]: target.value })}
      />
    </>
  );
  return (
    <Section title={t("system.password.title")} text={t("system.password.text")}>
      <form className={css.form} onSubmit={submit}>
        {field("current", t("system.password.current"), "current-password")}
        {field("password", t("firstRun.password"), "new-password")}
        {field("repeated", t("firstRun.repeat"), "new-password")}
        {wrong && (
          <p className={css.warning} role="alert">
            {wrong}
          </p>
        )}
        {change.error && <Failed part error={change.error} />}
        <Button type="submit" disabled={change.isPending}>
          {t("system.password.change")}
        </Button>
      </form>
    </Section>
  );
}
