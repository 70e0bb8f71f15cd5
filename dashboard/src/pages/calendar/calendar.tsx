import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Rss } from "lucide-react";
import { useState } from "react";

import { api, ok, type Schema } from "../../api/client";
import { useListAddress } from "../../list/address";
import { Select } from "../../list/list-bar";
import { useNarrow } from "../../list/use-narrow";
import { Button, IconButton } from "../../parts/button";
import { ChoiceBar } from "../../parts/choice-bar";
import { Empty, Failed, Waiting } from "../../parts/states";
import { useTranslation } from "../../words";
import page from "../page.module.css";
import { Agenda } from "./agenda";
import css from "./calendar.module.css";
import { addDays, addMonths, firstDayOfWeek, monthFrom, today, weeksOf } from "./days";
import { Month } from "./month";
import { Subscriptions } from "./subscriptions";

const VIEWS = ["month", "agenda"] as const;
const STATES = ["upcoming", "missing", "owned", "in_omnibus", "maybe_owned", "was_owned", "ignored"] as const;
/** What the agenda shows before and after today. */
const [DAYS_BACK, DAYS_AHEAD] = [60, 365];

export type Entry = Schema["CalendarEntry"];

/** What followed series and authors release, as a month or as an agenda. */
export function Component() {
  const { t, language } = useTranslation();
  const address = useListAddress();
  const narrow = useNarrow();
  const [isSubscribing, setIsSubscribing] = useState(false);
  const view = address.oneOf("view", VIEWS);
  const state = address.filter("state", STATES);
  const now = today();
  const month = monthFrom(address.get("month"), now.slice(0, 7));
  const weeks = weeksOf(month, firstDayOfWeek(language, navigator.languages));
  const isMonth = view === "month";
  const span = isMonth
    ? { from: weeks[0]?.[0] ?? now, to: weeks.at(-1)?.[6] ?? now }
    : { from: addDays(now, -DAYS_BACK), to: addDays(now, DAYS_AHEAD) };
  const query = { ...span, ...(state ? { state } : {}) };
  const calendar = useQuery({
    queryKey: ["missing", "calendar", query],
    queryFn: ({ signal }) => ok(api.GET("/api/calendar", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
  const entries = calendar.data ?? [];
  const show = (next: string) => address.set({ month: next === now.slice(0, 7) ? "" : next });
  const title = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  return (
    <div className={page.page}>
      <header className={css.head}>
        <h1>{t("calendar.title")}</h1>
        <Button icon={<Rss aria-hidden="true" />} onClick={() => setIsSubscribing(true)}>
          {t("calendar.subscribe")}
        </Button>
      </header>
      <div className={css.controls}>
        <ChoiceBar
          label={t("list.view")}
          value={view}
          options={VIEWS.map((each) => [each, t(`calendar.views.${each}`)] as const)}
          onChange={(next) => address.set({ view: next === VIEWS[0] ? "" : next })}
        />
        <Select
          label={t("calendar.state")}
          value={state ?? ""}
          options={[["", t("list.any")], ...STATES.map((each) => [each, t(`series.state.${each}`)] as const)]}
          onChange={(next) => address.set({ state: next })}
        />
        {isMonth && (
          <div className={css.move}>
            <IconButton label={t("calendar.before")} icon={<ChevronLeft />} onClick={() => show(addMonths(month, -1))} />
            <h2 aria-live="polite">{title}</h2>
            <IconButton label={t("calendar.after")} icon={<ChevronRight />} onClick={() => show(addMonths(month, 1))} />
            <Button onClick={() => show(now.slice(0, 7))}>{t("calendar.today")}</Button>
          </div>
        )}
      </div>
      {calendar.error !== null && calendar.data && (
        <Failed part error={calendar.error} onRetry={() => void calendar.refetch()} />
      )}
      {!calendar.data && <Waiting query={calendar} />}
      {calendar.data && isMonth && !narrow && <Month month={month} weeks={weeks} entries={entries} now={now} title={title} />}
      {calendar.data && isMonth && narrow && entries.length > 0 && (
        <Agenda entries={entries.filter(({ date }) => date.startsWith(month))} now={now} />
      )}
      {calendar.data && !isMonth && entries.length > 0 && <Agenda entries={entries} now={now} isDivided />}
      {calendar.data && entries.length === 0 && (!isMonth || narrow) && (
        <Empty title={t("calendar.empty")}>{t("calendar.emptyText")}</Empty>
      )}
      {calendar.data && entries.length === 0 && isMonth && !narrow && <p className={css.none}>{t("calendar.emptyMonth")}</p>}
      {isSubscribing && <Subscriptions onClose={() => setIsSubscribing(false)} />}
    </div>
  );
}
