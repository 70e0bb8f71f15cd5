import { Link } from "react-router";

import { Badge, type Tone } from "../../parts/badge";
import { useTranslation } from "../../words";
import css from "./calendar.module.css";
import type { Entry } from "./calendar";

export const TONES: Record<Entry["state"], Tone> = {
  owned: "good",
  in_omnibus: "good",
  maybe_owned: "gap",
  was_owned: "plain",
  missing: "gap",
  upcoming: "accent",
  ignored: "plain",
  not_counted: "plain",
};

/** Where a person reads more of a work: the book, why it is missing, or its series. */
export function pathOf(entry: Entry): string | undefined {
  if (entry.book_id) return `/library/${entry.book_id}`;
  if (entry.missing_book_id) return `/wanted/${entry.missing_book_id}`;
  if (entry.series) return `/series?q=${encodeURIComponent(entry.series)}`;
  return undefined;
}

/** A work in one line of a day. */
export function DayEntry({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const path = pathOf(entry);
  const words = `${entry.title}, ${t(`series.state.${entry.state}`)}`;
  const content = (
    <>
      <i data-tone={TONES[entry.state]} aria-hidden="true" />
      <span dir="auto">{entry.title}</span>
      <span className="visually-hidden">{`, ${t(`series.state.${entry.state}`)}`}</span>
    </>
  );
  return path ? (
    <Link to={path} className={css.entry} title={words}>
      {content}
    </Link>
  ) : (
    <span className={css.entry} title={words}>
      {content}
    </span>
  );
}

/** A work with its authors, its series and its state. */
export function AgendaEntry({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const path = pathOf(entry);
  const about = [
    (entry.authors ?? []).join(", "),
    [entry.series, entry.place].filter(Boolean).join(" "),
    (entry.narrators ?? []).length > 0 ? t("book.readBy", { narrators: (entry.narrators ?? []).join(", ") }) : "",
  ];
  return (
    <>
      <div>
        {path ? (
          <Link to={path} dir="auto">
            {entry.title}
          </Link>
        ) : (
          <b dir="auto">{entry.title}</b>
        )}
        <p dir="auto">{about.filter(Boolean).join(" · ")}</p>
      </div>
      <Badge tone={TONES[entry.state]}>{t(`series.state.${entry.state}`)}</Badge>
    </>
  );
}
