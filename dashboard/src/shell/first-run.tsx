import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, basePath, ok } from "../api/client";
import { Button } from "../parts/button";
import { useTranslation } from "../words";
import { Door, Field } from "./door";
import { OpenIDLink, useOpenIDFault } from "./openid";

const SHORTEST = 10;

/** The page that sets the first password. Where there is a provider, a person may sign in there instead. */
export function FirstRun({ needsApiKey, openid }: { needsApiKey: boolean; openid: string | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [key, setKey] = useState("");
  const [fault, setFault] = useState(useOpenIDFault());
  const set = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/session/first-password", {
          body: { password },
          ...(key ? { headers: { "X-Api-Key": key } } : {}),
        }),
      ),
    onSuccess: () => {
      // A new installation may need settings; if it does not, that page leads on to the start page.
      history.replaceState(null, "", `${basePath}/setup`);
      return client.resetQueries();
    },
  });
  const submit = () => {
    const found = password.length < SHORTEST ? t("firstRun.short") : password === repeated ? "" : t("firstRun.differ");
    setFault(found);
    if (!found) set.mutate();
  };
  return (
    <Door title={t("firstRun.title")} text={t("firstRun.text")} error={set.error} fault={fault} onSubmit={submit}>
      {openid && <OpenIDLink name={openid} />}
      <Field
        label={t("firstRun.password")}
        type="password"
        autoComplete="new-password"
        value={password}
        onValue={setPassword}
        autoFocus
      />
      <Field
        label={t("firstRun.repeat")}
        type="password"
        autoComplete="new-password"
        value={repeated}
        onValue={setRepeated}
      />
      {needsApiKey && (
        <Field
          label={t("signIn.apiKey")}
          hint={t("firstRun.keyNeeded")}
          type="password"
          autoComplete="off"
          value={key}
          onValue={setKey}
        />
      )}
      <Button type="submit" look="strong" disabled={set.isPending}>
        {t("firstRun.submit")}
      </Button>
    </Door>
  );
}
