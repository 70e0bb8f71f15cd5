import { ArrowLeft } from "lucide-react";
import { useLocation, useNavigate } from "react-router";

import { useTranslation } from "../words";
import { Button } from "./button";
import css from "./back-button.module.css";

/** Leads back to where the person came from, or to a list if the page was opened by its address. */
export function BackButton({ list }: { list: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // The first page of a tab has this key. Before it there is nothing to go back to.
  const isFirst = useLocation().key === "default";
  return (
    <Button
      look="quiet"
      className={css.back}
      icon={<ArrowLeft aria-hidden="true" />}
      onClick={() => void (isFirst ? navigate(list) : navigate(-1))}
    >
      {t("book.back")}
    </Button>
  );
}
