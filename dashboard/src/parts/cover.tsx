import css from "./cover.module.css";

interface CoverProps {
  title: string;
  authors: readonly string[];
  size?: "small" | "large";
}

/** A cover made of title and author, in a colour that a book always has. It repeats text beside it, so it is not read. */
export function Cover({ title, authors, size = "large" }: CoverProps) {
  return (
    <span
      className={css.cover}
      data-size={size}
      aria-hidden="true"
      style={{ "--hue": hueOf(authors[0] ?? title), "--tilt": hueOf(title) % 40 } as React.CSSProperties}
    >
      {size === "large" ? (
        <>
          <span className={css.title} dir="auto">
            {title}
          </span>
          <span className={css.author} dir="auto">
            {authors[0]}
          </span>
        </>
      ) : (
        [...title.trim()][0]?.toUpperCase()
      )}
    </span>
  );
}

/** A number from 0 to 359 that only depends on the text. */
export function hueOf(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  return ((hash ^ (hash >>> 13)) >>> 0) % 360;
}
