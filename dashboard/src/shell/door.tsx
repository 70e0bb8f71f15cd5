import { useId, type ComponentProps, type ReactNode } from "react";

import { problemOf } from "../api/problem";
import { useProblemWords } from "../parts/problem-words";
import css from "./door.module.css";
import { Mark } from "./mark";

interface DoorProps {
  title: string;
  text?: string;
  error: unknown;
  /** What is wrong with what a person entered. */
  fault?: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** A page with one form, before a person is signed in. */
export function Door({ title, text, error, fault, onSubmit, children }: DoorProps) {
  const words = useProblemWords();
  const refusal = error ? words(problemOf(error)) : null;
  const said = fault || (refusal && [refusal.title, refusal.why].filter(Boolean).join(": "));
  return (
    <main className={css.door}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Mark />
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        <p className={css.fault} role="alert">
          {said}
        </p>
        {children}
      </form>
    </main>
  );
}

type FieldProps = Omit<ComponentProps<"input">, "onChange"> & {
  label: string;
  hint?: string | undefined;
  onValue: (value: string) => void;
};

/** An input with its label above it. */
export function Field({ label, hint, onValue, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ target }) => onValue(target.value)}
        maxLength={200}
        {...input}
      />
      {hint && <p id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
