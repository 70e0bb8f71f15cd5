import { Ban, ChevronRight, Download, Undo2 } from "lucide-react";
import { useId, useState } from "react";

import { Badge, type Tone } from "../../parts/badge";
import { IconButton } from "../../parts/button";
import { useFormat } from "../../parts/use-format";
import { useTranslation } from "../../words";
import { useCost } from "./cost";
import { against, isBlocked, stateOf, type Judged, type State } from "./judged";
import css from "./releases.module.css";
import { useReasonWords } from "./reason-words";
import { Rules } from "./rules";

export const TONES: Record<State, Tone> = { accepted: "good", doubtful: "accent", for_now: "gap", rejected: "bad" };

interface JudgedRowProps {
  judged: Judged;
  onGrab: () => void;
  onBlock: () => void;
  onUnblock: () => void;
  busy: boolean;
}

/** A release: what it is, what speaks against it, what it costs. It opens to show every rule. */
export function JudgedRow({ judged, onGrab, onBlock, onUnblock, busy }: JudgedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cost = useCost();
  const wordsOf = useReasonWords();
  const [open, setOpen] = useState(false);
  const rules = useId();
  const { release } = judged;
  const { title } = release;
  const state = stateOf(judged);
  const [first, ...others] = against(judged).map(wordsOf);
  const people = [release.authors?.join(", "), release.narrators?.join(", ")].filter(Boolean).join(" – ");
  const audio = [
    release.filetype,
    release.bitrate_kbps ? t("releases.kbps", { count: release.bitrate_kbps }) : "",
    release.duration_minutes ? format.duration(release.duration_minutes * 60) : "",
    release.language && format.language(release.language),
  ].filter(Boolean);
  return (
    <>
      <tr data-state={state} className={css.row}>
        <th scope="row" className={css.release}>
          <button type="button" aria-expanded={open} aria-controls={open ? rules : undefined} onClick={() => setOpen(!open)}>
            <ChevronRight aria-hidden="true" />
            <span dir="auto">{title}</span>
          </button>
          {people && (
            <p dir="auto" className={css.quiet}>
              {people}
            </p>
          )}
          <p className={css.marks}>
            <span className={css.quiet} dir="auto">
              {release.indexer_name}
            </span>
            {(release.freeleech || release.personal_freeleech) && <Badge tone="good">{t("releases.free")}</Badge>}
            {release.vip && <Badge>VIP</Badge>}
            {release.snatched_before && <Badge tone="gap">{t("releases.snatched")}</Badge>}
            {judged.grabbed && <Badge tone="accent">{t("releases.grabbed")}</Badge>}
          </p>
        </th>
        <td className={css.verdict}>
          <Badge tone={TONES[state]}>{t(`releases.state.${state}`)}</Badge>
          {first && (
            <p dir="auto">
              {first.rule}: {first.got}
              {others.length > 0 && <span className={css.quiet}> {t("releases.moreReasons", { count: others.length })}</span>}
            </p>
          )}
        </td>
        <td data-label={t("releases.columns.audio")} dir="auto">
          {audio.join(" · ") || "–"}
        </td>
        <td data-label={t("releases.columns.size")} className={css.number}>
          {format.bytes(release.size_bytes)}
        </td>
        <td data-label={t("releases.columns.seeders")} className={css.number}>
          {format.number(release.seeders ?? 0)}
        </td>
        <td data-label={t("releases.columns.age")} title={release.published_at ? format.moment(release.published_at) : undefined}>
          {release.published_at ? format.relative(release.published_at) : "–"}
        </td>
        <td data-label={t("releases.columns.cost")} className={css.cost}>
          {cost(judged).map((words) => (
            <span key={words}>{words}</span>
          ))}
        </td>
        <td className={css.actions}>
          <IconButton
            label={t("releases.grabNamed", { title })}
            icon={<Download />}
            disabled={busy || state === "rejected" || judged.grabbed}
            title={state === "rejected" ? t("releases.mayNot") : t("releases.grabNamed", { title })}
            onClick={onGrab}
          />
          {isBlocked(judged) ? (
            <IconButton label={t("releases.unblockNamed", { title })} icon={<Undo2 />} disabled={busy} onClick={onUnblock} />
          ) : (
            <IconButton label={t("releases.blockNamed", { title })} icon={<Ban />} disabled={busy} onClick={onBlock} />
          )}
        </td>
      </tr>
      {open && (
        <tr className={css.opened}>
          <td colSpan={8} id={rules}>
            <Rules judged={judged} />
          </td>
        </tr>
      )}
    </>
  );
}
