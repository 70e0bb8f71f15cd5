import { X } from "lucide-react";
import { createContext, useCallback, useContext, useEffect, useEffectEvent, useMemo, useState, type ReactNode } from "react";

import { problemOf } from "../api/problem";
import { useTranslation } from "../words";
import { useProblemWords } from "./problem-words";
import { Button, IconButton } from "./button";
import css from "./toasts.module.css";

interface Message {
  text: string;
  tone?: "plain" | "bad";
  /** Takes back what the message reports. */
  undo?: () => void;
}

interface Tell {
  /** Show a message, with a button to undo what it reports. */
  say: (message: Message) => void;
  /** Show why something failed. */
  fail: (error: unknown) => void;
}

const Context = createContext<Tell | null>(null);
const SHOWN_MS = 6_000;
const SHOWN_WITH_UNDO_MS = 12_000;
const SHOWN_AT_MOST = 4;

export function useToasts(): Tell {
  const tell = useContext(Context);
  if (!tell) throw new Error("useToasts outside of Toasts");
  return tell;
}

/** Shows messages in a corner, and reads them to screen readers. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [shown, setShown] = useState<(Message & { id: number })[]>([]);
  const say = useCallback((message: Message) => {
    setShown((before) => [...before.slice(1 - SHOWN_AT_MOST), { ...message, id: performance.now() }]);
  }, []);
  const fail = useCallback(
    (error: unknown) => {
      const { title, why, remedy } = words(problemOf(error));
      say({ text: [why ? `${title}: ${why}` : title, remedy].join(" "), tone: "bad" });
    },
    [say, words],
  );
  const tell = useMemo(() => ({ say, fail }), [say, fail]);
  const remove = useCallback((id: number) => setShown((before) => before.filter((each) => each.id !== id)), []);
  return (
    <Context.Provider value={tell}>
      {children}
      <section className={css.messages} aria-label={t("app.notifications")} aria-live="polite">
        {shown.map((message) => (
          <Toast key={message.id} {...message} onClose={() => remove(message.id)} />
        ))}
      </section>
    </Context.Provider>
  );
}

/** One message. It goes after a while, but not while a person points at it or the focus is in it. */
function Toast({ text, tone = "plain", undo, onClose }: Message & { onClose: () => void }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => close(), undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, undo]);
  return (
    <div
      className={css.toast}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className={css.text}>{text}</p>
      {undo && (
        <Button
          data-undo=""
          aria-keyshortcuts="u"
          onClick={() => {
            undo();
            onClose();
          }}
        >
          {t("app.undo")}
        </Button>
      )}
      <IconButton label={t("app.close")} icon={<X />} onClick={onClose} />
    </div>
  );
}
