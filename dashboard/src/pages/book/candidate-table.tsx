import { useState } from "react";

import type { Schema } from "../../api/client";
import { Badge } from "../../parts/badge";
import { Button } from "../../parts/button";
import { useFormat } from "../../parts/use-format";
import { systemName } from "../../parts/source-name";
import { useTranslation } from "../../words";
import { Confidence, Reasons } from "../metadata/reasons";
import css from "./book.module.css";
import { COMPARED, differs, ofBook, ofEntry } from "./candidate-values";

/** More candidates are shown only on demand. */
const SHOWN_AT_FIRST = 4;

interface CandidateTableProps {
  book: Schema["Book"];
  candidates: readonly Schema["MatchCandidate"][];
  busy: boolean;
  onChoose: (entry: Schema["CataloguedWork"]) => void;
}

/** The book and the entries of providers that may be it, side by side, a row for each field. */
export function CandidateTable({ book, candidates, busy, onChoose }: CandidateTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? candidates : candidates.slice(0, SHOWN_AT_FIRST);
  const rows = COMPARED.map((field) => {
    const own = ofBook(book, field, format.duration);
    return { field, own, values: shown.map(({ entry }) => ofEntry(entry, field, format.duration)) };
  }).filter(({ own, values }) => own !== "" || values.some(Boolean));
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className={css.wideTable} tabIndex={0} role="region" aria-label={t("book.match.candidates")}>
        <table className={css.candidates}>
          <thead>
            <tr>
              <th scope="col">{t("book.field")}</th>
              <th scope="col">{t("book.match.own")}</th>
              {shown.map(({ entry, confidence, edition, chosen, changes, reasons }) => (
                <th key={entry.id} scope="col" data-chosen={chosen || undefined}>
                  <div className={css.candidate}>
                    <b>{systemName(entry.provider)}</b>
                    <span className={css.badges}>
                      <Confidence of={confidence} />
                      {chosen && <Badge tone="accent">{t("book.match.decision.chosen")}</Badge>}
                    </span>
                    <span className={css.small} dir="auto">
                      {edition}
                    </span>
                    <span className={css.small}>
                      {changes.length === 0
                        ? t("book.match.noChange")
                        : t("book.match.changes", {
                            count: changes.length,
                            fields: format.list(changes.map((each) => t(`book.names.${each.field}`))),
                          })}
                    </span>
                    <details>
                      <summary>{t("metadata.reasons")}</summary>
                      <Reasons reasons={reasons} />
                    </details>
                    <Button
                      disabled={busy || chosen}
                      aria-label={t("book.match.chooseNamed", { provider: systemName(entry.provider), title: entry.title })}
                      onClick={() => onChoose(entry)}
                    >
                      {t("book.match.choose")}
                    </Button>
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, own, values }) => (
              <tr key={field}>
                <th scope="row">{field === "length" ? t("book.length") : t(`book.names.${field}`)}</th>
                <td dir="auto">{own || "–"}</td>
                {values.map((value, index) => (
                  <td key={shown[index]?.entry.id} dir="auto" data-differs={differs(own, value) || undefined}>
                    {value || "–"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < candidates.length && (
        <p>
          <Button onClick={() => setAll(true)}>{t("book.match.all", { count: candidates.length })}</Button>
        </p>
      )}
    </>
  );
}
