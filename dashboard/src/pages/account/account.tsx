import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../words";

import { api, ok } from "../../api/client";
import { Failed, Waiting } from "../../parts/states";
import { Tabs, useTab } from "../../parts/tabs";
import { useFormat } from "../../parts/use-format";
import page from "../page.module.css";
import css from "./account.module.css";
import { CheckNow, PauseOrResume } from "./controls";
import { Overview } from "./overview";
import { SeedingList } from "./seeding";
import { SpendingList } from "./spending";

const TABS = ["overview", "seeding", "spending"] as const;
const READ_EVERY_MS = 60_000;

/** The account at the tracker: what it has, what it owes, what was spent, and whether requests are sent. */
export function Component() {
  const { t } = useTranslation();
  const format = useFormat();
  const tab = useTab(TABS);
  const account = useQuery({
    queryKey: ["account", "now"],
    queryFn: ({ signal }) => ok(api.GET("/api/account", { signal })),
    refetchInterval: READ_EVERY_MS,
  });
  const standing = account.data?.standing;
  return (
    <div className={page.page}>
      <header className={css.head}>
        <div>
          <h1>{t("account.title")}</h1>
          {account.data && (
            <p className={css.quiet} dir="auto" title={standing ? format.moment(standing.read_at) : undefined}>
              {standing
                ? t("account.who", {
                    name: standing.username,
                    class: standing.classname,
                    when: format.relative(standing.read_at),
                  })
                : t("account.neverRead")}
            </p>
          )}
        </div>
        <div className={css.actions}>
          <CheckNow />
          <PauseOrResume />
        </div>
      </header>
      <Tabs label={t("account.parts")} tabs={TABS.map((each) => [each, t(`account.tabs.${each}`)] as const)} current={tab} />
      {account.error !== null && account.data && (
        <Failed part error={account.error} onRetry={() => void account.refetch()} />
      )}
      {tab === "overview" && (account.data ? <Overview account={account.data} /> : <Waiting query={account} />)}
      {tab === "seeding" && <SeedingList />}
      {tab === "spending" && <SpendingList />}
    </div>
  );
}
