import { useState } from "react";

import { basePath, type Schema } from "../api/client";
import css from "./cover.module.css";

interface CoverProps {
  title: string;
  authors: readonly string[];
  size?: "small" | "large";
  /** The book of the library whose cover is shown, if it has one. */
  book?: Pick<Schema["Book"], "id" | "cover"> | undefined;
}

/** Widths in pixels that the gateway offers. */
const WIDTHS = [96, 192, 384, 768] as const;
/** How wide a cover is shown: exactly, or for the browser to choose from. */
const SHOWN = { small: "36px", large: "(max-width: 40rem) 45vw, 14rem" };

/**
 * The cover of a book. Until it is loaded, or without one, a cover made of title and author, in a colour that a book
 * always has. It repeats text beside it, so it is not read.
 */
export function Cover({ title, authors, size = "large", book }: CoverProps) {
  const shown = title.replaceAll("_", " ");
  return (
    <span
      className={css.cover}
      data-size={size}
      aria-hidden="true"
      style={{ "--hue": hueOf(authors[0] ?? title), "--tilt": hueOf(title) % 40 } as React.CSSProperties}
    >
      {size === "large" ? (
        <>
          <span className={css.title} dir="auto" style={{ "--longest": longestWord(shown) } as React.CSSProperties}>
            {shown}
          </span>
          <span className={css.author} dir="auto">
            {authors[0]}
          </span>
        </>
      ) : (
        [...title.trim()][0]?.toUpperCase()
      )}
      {book?.cover && <Picture key={book.id} id={book.id} size={size} />}
    </span>
  );
}

function Picture({ id, size }: { id: string; size: "small" | "large" }) {
  const [failed, setFailed] = useState(false);
  if (failed) return null;
  const address = (width: number) => `${basePath}/api/books/${id}/cover?width=${width}`;
  return (
    <img
      className={css.picture}
      src={address(192)}
      srcSet={WIDTHS.map((width) => `${address(width)} ${width}w`).join(", ")}
      sizes={SHOWN[size]}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
    />
  );
}

/** How many letters the longest word has. Letters get smaller for a long one, and it is broken only if it still is too long. */
export function longestWord(text: string): number {
  return Math.max(1, ...text.split(/[\s-]+/).map((word) => [...word].length));
}

/** A number from 0 to 359 that only depends on the text. */
export function hueOf(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  return ((hash ^ (hash >>> 13)) >>> 0) % 360;
}
