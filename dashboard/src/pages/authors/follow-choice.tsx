import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../words";

import type { Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import css from "./authors.module.css";
import { loadEffect, MODES, type Followed, type Mode } from "./follow";
import { useFollow } from "./use-follow";

/** How an author or a series is followed. A change says what it affects before it is made. */
export function FollowChoice({ followed }: { followed: Followed }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [wanted, setWanted] = useState<Mode | null>(null);
  const { kind, mode, from } = followed;
  const words = (each: Mode) => {
    if (each === "from_now_on" && mode === each && from) return t("authors.followSince", { date: format.date(from) });
    return kind === "series" && each !== "from_now_on" && each !== "automatic"
      ? t(`series.followText.${each}`)
      : t(`authors.followText.${each}`);
  };
  return (
    <>
      <div className={css.modes} role="group" aria-label={t("authors.followTitle")}>
        {MODES[kind].map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            disabled={each === mode}
            onClick={() => setWanted(each)}
          >
            <b>{t(`authors.follow.${each}`)}</b>
            <span>{words(each)}</span>
          </button>
        ))}
      </div>
      {wanted && <ConfirmFollow followed={followed} to={wanted} onClose={() => setWanted(null)} />}
    </>
  );
}

interface ConfirmFollowProps {
  followed: Followed;
  to: Mode;
  onClose: () => void;
}

function ConfirmFollow({ followed, to, onClose }: ConfirmFollowProps) {
  const { t } = useTranslation();
  const effect = useQuery({
    queryKey: [followed.kind === "author" ? "authors" : "series", "follow-effect", followed.id, to],
    queryFn: ({ signal }) => loadEffect(followed, to, signal),
    staleTime: 0,
  });
  const follow = useFollow(followed);
  return (
    <Dialog title={t("authors.confirmTitle", { name: followed.name, mode: t(`authors.follow.${to}`) })} onClose={onClose}>
      {effect.data ? <Effect effect={effect.data} /> : <Waiting query={effect} />}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button
          look="strong"
          disabled={!effect.data || follow.isPending}
          onClick={() => follow.mutate({ from: followed.mode, to }, { onSettled: onClose })}
        >
          {t("authors.confirmDo")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What a change of the mode affects, with the titles. */
export function Effect({ effect }: { effect: Schema["FollowEffect"] }) {
  const { t } = useTranslation();
  const parts = [
    [effect.closes, t("authors.effect.closes", { count: effect.closes }), effect.closed_titles ?? []],
    [effect.opens ?? 0, t("authors.effect.opens", { count: effect.opens ?? 0 }), effect.opened_titles ?? []],
  ] as const;
  const changes = parts.some(([count]) => count > 0);
  return (
    <div className={css.effect}>
      {parts
        .filter(([count]) => count > 0)
        .map(([count, words, titles]) => (
          <div key={words}>
            <p>{words}</p>
            <ul>
              {titles.map((title, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- two works may have one title
                <li key={`${index} ${title}`} dir="auto">
                  {title}
                </li>
              ))}
              {count > titles.length && <li>{t("series.more", { count: count - titles.length })}</li>}
            </ul>
          </div>
        ))}
      {!changes && <p>{t("authors.effect.nothing")}</p>}
      {(effect.downloading ?? 0) > 0 && <p>{t("authors.effect.downloading", { count: effect.downloading ?? 0 })}</p>}
      {effect.compares && <p>{t("authors.effect.compares")}</p>}
    </div>
  );
}
