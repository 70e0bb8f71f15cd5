import { Tabs, useTab } from "../../parts/tabs";
import { useTranslation } from "../../words";
import { About } from "./about";
import { Backup } from "./backup";
import { Health } from "./health";
import { Access } from "./access";
import { Logs } from "./logs";
import { Notifications } from "./notifications";
import { OutsideSystems } from "./outside-systems";
import css from "./system.module.css";

const TABS = ["health", "integrations", "notifications", "access", "logs", "backup", "about"] as const;
const PARTS = {
  health: Health,
  integrations: OutsideSystems,
  notifications: Notifications,
  access: Access,
  logs: Logs,
  backup: Backup,
  about: About,
};

/** The state of the installation, and who may use it. */
export function Component() {
  const { t } = useTranslation();
  const tab = useTab([...TABS]);
  const Part = PARTS[tab];
  return (
    <div className={css.page}>
      <h1>{t("system.title")}</h1>
      <Tabs label={t("system.title")} tabs={TABS.map((each) => [each, t(`system.tabs.${each}`)] as const)} current={tab} />
      <Part />
    </div>
  );
}
