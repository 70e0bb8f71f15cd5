import { useTranslation } from "../../words";
import css from "./calendar.module.css";
import type { Entry } from "./calendar";
import { byDay } from "./days";
import { AgendaEntry } from "./entry-link";

interface AgendaProps {
  entries: readonly Entry[];
  now: string;
  /** What is upcoming comes first, and then what was released recently, the newest first. */
  isDivided?: boolean;
}

/** The works by day. */
export function Agenda({ entries, now, isDivided = false }: AgendaProps) {
  const { t } = useTranslation();
  if (!isDivided) return <Days entries={entries} now={now} />;
  const upcoming = entries.filter(({ date }) => date >= now);
  const recent = entries.filter(({ date }) => date < now).toReversed();
  return (
    <div className={css.agenda}>
      <section aria-labelledby="upcoming">
        <h2 id="upcoming">{t("calendar.upcoming")}</h2>
        {upcoming.length > 0 ? <Days entries={upcoming} now={now} /> : <p className={css.none}>{t("calendar.noneUpcoming")}</p>}
      </section>
      <section aria-labelledby="recent">
        <h2 id="recent">{t("calendar.recent")}</h2>
        {recent.length > 0 ? <Days entries={recent} now={now} /> : <p className={css.none}>{t("calendar.noneRecent")}</p>}
      </section>
    </div>
  );
}

function Days({ entries, now }: { entries: readonly Entry[]; now: string }) {
  const { t, language } = useTranslation();
  const format = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return (
    <ol className={css.days}>
      {[...byDay(entries)].map(([day, found]) => (
        <li key={day}>
          <h3>
            <time dateTime={day}>{format.format(new Date(day))}</time>
            {day === now && <span>{t("calendar.today")}</span>}
          </h3>
          <ul className={css.day}>
            {found.map((entry) => (
              <li key={entry.id}>
                <AgendaEntry entry={entry} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
