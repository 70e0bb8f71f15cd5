import { useState } from "react";

import { Dialog } from "../../parts/dialog";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import css from "./calendar.module.css";
import type { Entry } from "./calendar";
import { byDay } from "./days";
import { AgendaEntry, DayEntry } from "./entry-link";

interface MonthProps {
  month: string;
  weeks: readonly string[][];
  entries: readonly Entry[];
  now: string;
  title: string;
}

const SHOWN = 3;

/** A month as a table, with the works of each day. */
export function Month({ month, weeks, entries, now, title }: MonthProps) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState<string>();
  const days = byDay(entries);
  const names = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const full = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return (
    <div className={css.month}>
      <table aria-label={title}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={full.format(new Date(day))}>
                {names.format(new Date(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const found = days.get(day) ?? [];
                return (
                  <td key={day} data-other={!day.startsWith(month) || undefined} aria-current={day === now ? "date" : undefined}>
                    <time dateTime={day}>{Number(day.slice(8))}</time>
                    {found.length > 0 && (
                      <ul>
                        {found.slice(0, SHOWN).map((entry) => (
                          <li key={entry.id}>
                            <DayEntry entry={entry} />
                          </li>
                        ))}
                      </ul>
                    )}
                    {found.length > SHOWN && (
                      <button type="button" className={css.more} onClick={() => setOpened(day)}>
                        {t("calendar.more", { count: found.length - SHOWN })}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {opened && (
        <Dialog title={format.date(opened)} onClose={() => setOpened(undefined)}>
          <ul className={css.day}>
            {days.get(opened)?.map((entry) => (
              <li key={entry.id}>
                <AgendaEntry entry={entry} />
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}
