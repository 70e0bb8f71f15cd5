import { Fragment, useMemo, type ReactNode } from "react";

import css from "./discover.module.css";
import { blocksOf, type Block, type Inline } from "./markdown";

/** The text of a guide. Its headings come below the title of the page, from h2 on. */
export function MarkdownText({ markdown, level = 2 }: { markdown: string; level?: number }) {
  const blocks = useMemo(() => blocksOf(markdown), [markdown]);
  return (
    <div className={css.prose} dir="auto">
      {blocks.map((block, index) => (
        <BlockText key={index} block={block} level={level} />
      ))}
    </div>
  );
}

function BlockText({ block, level }: { block: Block; level: number }) {
  switch (block.kind) {
    case "heading": {
      const Heading = `h${Math.min(6, Math.max(level, block.level))}` as "h2";
      return <Heading>{inline(block.inside)}</Heading>;
    }
    case "paragraph":
      return <p>{inline(block.inside)}</p>;
    case "quote":
      return <blockquote>{inline(block.inside)}</blockquote>;
    case "code":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls a long line
        <pre tabIndex={0}>{block.text}</pre>
      );
    case "terms":
      return (
        <dl>
          {block.terms.map(({ term, about }, index) => (
            <div key={index}>
              <dt>{inline(term)}</dt>
              <dd>{inline(about)}</dd>
            </div>
          ))}
        </dl>
      );
    case "list": {
      const List = block.isNumbered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
  }
}

function inline(parts: readonly Inline[]): ReactNode {
  return parts.map((part, index) => {
    if (part.kind === "text") return <Fragment key={index}>{part.text}</Fragment>;
    if (part.kind === "code") return <code key={index}>{part.text}</code>;
    if (part.kind === "strong") return <strong key={index}>{inline(part.inside)}</strong>;
    if (part.kind === "em") return <em key={index}>{inline(part.inside)}</em>;
    return (
      <a key={index} href={part.href} target="_blank" rel="noreferrer noopener">
        {inline(part.inside)}
      </a>
    );
  });
}
