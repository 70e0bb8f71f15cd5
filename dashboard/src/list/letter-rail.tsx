import { useQuery, type QueryKey } from "@tanstack/react-query";
import { useState, type KeyboardEvent } from "react";

import type { Schema } from "../api/client";
import { useTranslation } from "../words";
import css from "./letter-rail.module.css";

interface LetterRailProps {
  queryKey: QueryKey;
  load: (signal: AbortSignal) => Promise<Schema["Letters"]>;
  onJump: (index: number) => void;
}

/** The first letters of a sorted list. Each jumps to its first row. A list without letters has no rail. */
export function LetterRail({ queryKey, load, onJump }: LetterRailProps) {
  const { t } = useTranslation();
  const [reached, setReached] = useState(0);
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => load(signal) });
  const letters = data?.letters ?? [];
  if (letters.length < 2) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, index: number) => {
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: letters.length - 1 }[event.key];
    if (next === undefined || next < 0 || next >= letters.length) return;
    event.preventDefault();
    setReached(next);
    (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className={css.rail} role="toolbar" aria-orientation="vertical" aria-label={t("list.letters")}>
      {letters.map(({ letter, offset, count }, index) => (
        <button
          key={letter}
          type="button"
          tabIndex={index === Math.min(reached, letters.length - 1) ? 0 : -1}
          aria-label={t("list.letter", { letter, count })}
          onFocus={() => setReached(index)}
          onKeyDown={(event) => onKeyDown(event, index)}
          onClick={() => onJump(offset)}
        >
          {letter}
        </button>
      ))}
    </div>
  );
}
