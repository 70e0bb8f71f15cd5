import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ok } from "../api/client";
import { Button } from "../parts/button";
import { useTranslation } from "../words";
import { Door, Field } from "./door";
import { OpenIDLink, useOpenIDFault } from "./openid";

/** The page on which a person signs in: with the password, an API key, or at the OpenID Connect provider. */
export function SignIn({ openid }: { openid: string | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [withKey, setWithKey] = useState(false);
  const openidFault = useOpenIDFault();
  const [secret, setSecret] = useState("");
  const signIn = useMutation({
    mutationFn: () => ok(api.POST("/api/session", { body: withKey ? { api_key: secret } : { password: secret } })),
    onSuccess: () => client.resetQueries(),
  });
  return (
    <Door
      title={t("signIn.title")}
      error={signIn.error}
      fault={signIn.error ? "" : openidFault}
      onSubmit={() => signIn.mutate()}
    >
      {openid && <OpenIDLink name={openid} />}
      <input type="hidden" name="username" autoComplete="username" value="gapless" readOnly />
      <Field
        key={String(withKey)}
        label={withKey ? t("signIn.apiKey") : t("signIn.password")}
        hint={withKey ? t("signIn.keyHint") : undefined}
        type="password"
        autoComplete={withKey ? "off" : "current-password"}
        value={secret}
        onValue={setSecret}
        autoFocus
      />
      <Button type="submit" look="strong" disabled={secret === "" || signIn.isPending}>
        {t("signIn.submit")}
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          setWithKey(!withKey);
          setSecret("");
          signIn.reset();
        }}
      >
        {withKey ? t("signIn.withPassword") : t("signIn.withKey")}
      </Button>
      {!withKey && <p>{t("signIn.lost")}</p>}
    </Door>
  );
}
