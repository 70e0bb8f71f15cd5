import { Plus } from "lucide-react";
import { useTranslation } from "../../words";
import { Link } from "react-router";

import type { Schema } from "../../api/client";
import { Badge, type Tone } from "../../parts/badge";
import { Button } from "../../parts/button";
import { Cover } from "../../parts/cover";
import { Dialog, DialogActions } from "../../parts/dialog";
import { FactRows } from "../../parts/fact-rows";
import { useFormat } from "../../parts/use-format";
import { seriesWords } from "../library/series-words";
import page from "../page.module.css";
import css from "./discover.module.css";
import { mayBeWanted, type Entry } from "./top-list-entry";

export const TEMPLATE = "2rem minmax(13rem, 2.2fr) minmax(7rem, 1.2fr) 12rem 5rem 8rem 7rem";

const TONES: Record<Schema["WorkState"], Tone> = {
  owned: "good",
  maybe_owned: "gap",
  wanted: "accent",
  downloading: "accent",
  ignored: "plain",
  was_owned: "plain",
  left_out: "plain",
  absent: "gap",
};

interface TopListRowProps {
  entry: Entry;
  current: boolean;
  isBusy: boolean;
  onWant: () => void;
  onDetails: () => void;
}

/** A popular release: its rank, what it is, and what the library has of it. */
export function TopListRow({ entry, current, isBusy, onWant, onDetails }: TopListRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, authors = [], book_id, missing_book_id } = entry;
  const path = book_id ? `/library/${book_id}` : missing_book_id ? `/wanted/${missing_book_id}` : undefined;
  const tabIndex = current ? 0 : -1;
  return (
    <>
      <div role="gridcell" className={`${css.rank} ${page.wide}`}>
        {format.number(entry.rank)}
      </div>
      <div role="gridcell" className={page.titled}>
        <Cover title={title} authors={authors} size="small" />
        <div className={page.stack}>
          {path ? (
            <Link to={path} tabIndex={tabIndex} className={page.strong} dir="auto">
              {title}
            </Link>
          ) : (
            <button type="button" tabIndex={tabIndex} className={css.plain} dir="auto" onClick={onDetails}>
              {title}
            </button>
          )}
          <span className={page.quiet} dir="auto">
            {authors.join(", ")}
          </span>
        </div>
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.wide}`} dir="auto">
        {seriesWords(entry.series ?? [])}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.number} ${page.wide}`}>
        {popularity(entry, t)}
      </div>
      <div role="gridcell" className={`${page.quiet} ${page.number} ${page.wide}`}>
        {entry.size_bytes ? format.bytes(entry.size_bytes) : ""}
      </div>
      <div role="gridcell" className={css.state}>
        {entry.state && (
          <Badge tone={TONES[entry.state]}>{t(`discover.state.${entry.state}`)}</Badge>
        )}
      </div>
      <div role="gridcell" className={page.actions}>
        {mayBeWanted(entry) && (
          <Button
            tabIndex={tabIndex}
            icon={<Plus aria-hidden="true" />}
            aria-label={t("discover.wantNamed", { title })}
            aria-keyshortcuts="+"
            disabled={isBusy}
            onClick={onWant}
          >
            {t("discover.want")}
          </Button>
        )}
      </div>
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>["t"];

function popularity({ seeders, snatches }: Entry, t: Translate): string {
  return [
    typeof snatches === "number" ? t("discover.snatches", { count: snatches }) : "",
    typeof seeders === "number" ? t("discover.seeders", { count: seeders }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

interface EntryDetailsProps {
  entry: Entry;
  onClose: () => void;
  onWant: () => void;
}

/** What the list says of a release that has no page yet. */
export function EntryDetails({ entry, onClose, onWant }: EntryDetailsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Dialog title={entry.title} onClose={onClose}>
      {(entry.left_out_because || entry.state_because) && (
        <p className={css.notice}>{[entry.left_out_because, entry.state_because].filter(Boolean).join("; ")}</p>
      )}
      <FactRows
        facts={[
          [t("discover.facts.authors"), (entry.authors ?? []).join(", ")],
          [t("discover.facts.narrators"), (entry.narrators ?? []).join(", ")],
          [t("discover.columns.series"), seriesWords(entry.series ?? [])],
          [t("discover.columns.popularity"), popularity(entry, t)],
          [t("discover.columns.size"), entry.size_bytes ? format.bytes(entry.size_bytes) : null],
          [t("discover.facts.added"), entry.published_at ? format.moment(entry.published_at) : null],
          [t("discover.facts.language"), entry.language && format.language(entry.language)],
          [t("discover.facts.release"), entry.release_id],
          [t("discover.columns.state"), entry.state ? t(`discover.state.${entry.state}`) : null],
        ]}
      />
      <DialogActions>
        <Button onClick={onClose}>{t("app.close")}</Button>
        {mayBeWanted(entry) && (
          <Button
            look="strong"
            onClick={() => {
              onWant();
              onClose();
            }}
          >
            {t("discover.want")}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
