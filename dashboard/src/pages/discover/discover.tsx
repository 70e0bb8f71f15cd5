import { useTranslation } from "../../words";

import { Tabs, useTab } from "../../parts/tabs";
import page from "../page.module.css";
import { Guides } from "./guides";
import { ImportLists } from "./import-lists";
import { TopLists } from "./top-lists";

const TABS = ["top", "lists", "guides"] as const;

/** Where new books are found: top lists, a person's own lists, and what members of the site have written. */
export function Component() {
  const { t } = useTranslation();
  const tab = useTab(TABS);
  return (
    <div className={page.page}>
      <h1 className={page.title}>{t("discover.title")}</h1>
      <Tabs label={t("discover.parts")} tabs={TABS.map((each) => [each, t(`discover.tabs.${each}`)] as const)} current={tab} />
      {tab === "top" && <TopLists />}
      {tab === "lists" && <ImportLists />}
      {tab === "guides" && <Guides />}
    </div>
  );
}
