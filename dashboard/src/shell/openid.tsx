import { useEffect, useState } from "react";

import { basePath } from "../api/client";
import button from "../parts/button.module.css";
import { useTranslation } from "../words";

const FAULT = "sign_in_fault";
const FAULTS = [
  "provider_unavailable",
  "provider_wrong",
  "provider_refused",
  "client_refused",
  "declined",
  "attempt_expired",
  "token_invalid",
  "not_allowed",
  "nobody_allowed",
  "too_many_attempts",
] as const;

/** The link that leads to the OpenID Connect provider and back to the page in the address. */
export function OpenIDLink({ name }: { name: string }) {
  const { t } = useTranslation();
  const page = withoutFault(location.href);
  return (
    <a className={button.button} href={`${basePath}/api/session/openid?return_to=${encodeURIComponent(page.slice(basePath.length))}`}>
      {t("signIn.openid", { name })}
    </a>
  );
}

/** Why the person came back from the provider without being signed in, and what to do; empty otherwise. */
export function useOpenIDFault(): string {
  const { t } = useTranslation();
  const [fault] = useState(() => FAULTS.find((each) => each === new URLSearchParams(location.search).get(FAULT)));
  useEffect(() => {
    history.replaceState(history.state, "", withoutFault(location.href));
  }, []);
  return fault ? t(`signIn.faults.${fault}`) : "";
}

/** The path and the query of the page in an address, without the fault. */
function withoutFault(href: string): string {
  const address = new URL(href);
  address.searchParams.delete(FAULT);
  return address.pathname + address.search;
}
