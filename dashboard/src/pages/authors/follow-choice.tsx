import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../words";

import { api, ok, type Schema } from "../../api/client";
import { Button } from "../../parts/button";
import { Dialog, DialogActions } from "../../parts/dialog";
import { Waiting } from "../../parts/states";
import { useFormat } from "../../parts/use-format";
import css from "./authors.module.css";
import { MODES, type Mode } from "./follow";
import { useFollow } from "./use-follow";

/** How an author is followed. A change says what it affects before it is made. */
export function FollowChoice({ author }: { author: Schema["Author"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [wanted, setWanted] = useState<Mode | null>(null);
  const mode = author.follow ?? "automatic";
  return (
    <>
      <div className={css.modes} role="group" aria-label={t("authors.followTitle")}>
        {MODES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === mode}
            disabled={each === mode}
            onClick={() => setWanted(each)}
          >
            <b>{t(`authors.follow.${each}`)}</b>
            <span>
              {each === "from_now_on" && mode === each && author.follow_from
                ? t("authors.followSince", { date: format.date(author.follow_from) })
                : t(`authors.followText.${each}`)}
            </span>
          </button>
        ))}
      </div>
      {wanted && <ConfirmFollow author={author} from={mode} to={wanted} onClose={() => setWanted(null)} />}
    </>
  );
}

interface ConfirmFollowProps {
  author: Schema["Author"];
  from: Mode;
  to: Mode;
  onClose: () => void;
}

function ConfirmFollow({ author, from, to, onClose }: ConfirmFollowProps) {
  const { t } = useTranslation();
  const effect = useQuery({
    queryKey: ["authors", "follow-effect", author.id, to],
    queryFn: ({ signal }) =>
      ok(
        api.GET("/api/authors/{author_id}/follow-effect", {
          params: { path: { author_id: author.id }, query: { follow: to } },
          signal,
        }),
      ),
    staleTime: 0,
  });
  const follow = useFollow(author);
  return (
    <Dialog title={t("authors.confirmTitle", { name: author.name, mode: t(`authors.follow.${to}`) })} onClose={onClose}>
      {effect.data ? <Effect effect={effect.data} /> : <Waiting query={effect} />}
      <DialogActions>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
        <Button
          look="strong"
          disabled={!effect.data || follow.isPending}
          onClick={() => follow.mutate({ from, to }, { onSettled: onClose })}
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
