import { useTranslation } from "react-i18next";
import { isRouteErrorResponse, useRouteError } from "react-router";

import { problemFrom } from "../api/problem";
import { Button } from "./button";
import { Failed } from "./states";

/** Shown in the place of a page that made an error. The rest of the dashboard keeps working. */
export function PageFault() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <section>
      <h1 className="visually-hidden">{t("states.pageBroke")}</h1>
      <Failed error={isRouteErrorResponse(error) ? problemFrom(error.status, error.data) : error} />
      <p style={{ textAlign: "center" }}>
        <Button onClick={() => location.reload()}>{t("app.reload")}</Button>
      </p>
    </section>
  );
}
