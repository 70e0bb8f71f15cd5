/** Reads the Markdown of guides: the part of it that members of the site use. What it does not know stays text. */

import { unescaped } from "./snippet";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; inside: Inline[] }
  | { kind: "em"; inside: Inline[] }
  | { kind: "link"; href: string; inside: Inline[] };

export type Block =
  | { kind: "heading"; level: number; inside: Inline[] }
  | { kind: "paragraph"; inside: Inline[] }
  | { kind: "quote"; inside: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "terms"; terms: { term: Inline[]; about: Inline[] }[] }
  | { kind: "list"; isNumbered: boolean; items: Inline[][] };

const LIST_ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+/;
const HEADING = /^(#{1,6})\s+(\S.*)$/;
/** What a term means, on the line after it. */
const ABOUT = /^:\s+(\S.*)$/;
const FENCE = /^\s*(?:```|~~~)/;
const QUOTE = /^\s*(?:>|&gt;)\s?/;

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  let at = 0;
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? "")) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line);
    if (line.trim() === "") at += 1;
    else if (FENCE.test(line)) {
      at += 1;
      blocks.push({ kind: "code", text: unescaped(take((each) => !FENCE.test(each)).join("\n")) });
      at += 1;
    } else if (heading) {
      at += 1;
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, inside: inlinesOf(withoutHashes(heading[2] ?? "")) });
    } else if (QUOTE.test(line)) {
      const quoted = take((each) => QUOTE.test(each)).map((each) => each.replace(QUOTE, ""));
      blocks.push({ kind: "quote", inside: inlinesOf(quoted.join("\n")) });
    } else if (LIST_ITEM.test(line)) {
      const isNumbered = LIST_ITEM.exec(line)?.[1] !== undefined;
      const items: string[] = [];
      for (const each of take((next) => LIST_ITEM.test(next) || /^\s{2,}\S/.test(next))) {
        if (LIST_ITEM.test(each)) items.push(each.replace(LIST_ITEM, ""));
        else items.push(`${items.pop() ?? ""}\n${each.trim()}`);
      }
      blocks.push({ kind: "list", isNumbered, items: items.map(inlinesOf) });
    } else if (ABOUT.test(lines[at + 1] ?? "")) {
      const terms: { term: Inline[]; about: Inline[] }[] = [];
      while ((lines[at] ?? "").trim() !== "" && ABOUT.test(lines[at + 1] ?? "")) {
        terms.push({ term: inlinesOf(lines[at] ?? ""), about: inlinesOf(ABOUT.exec(lines[at + 1] ?? "")?.[1] ?? "") });
        at += 2;
        if ((lines[at] ?? "").trim() === "" && ABOUT.test(lines[at + 2] ?? "")) at += 1;
      }
      blocks.push({ kind: "terms", terms });
    } else {
      const paragraph = take((each) => each.trim() !== "" && ![HEADING, FENCE, QUOTE, LIST_ITEM].some((other) => other.test(each)));
      blocks.push({ kind: "paragraph", inside: inlinesOf(paragraph.join("\n")) });
    }
  }
  return blocks;
}

/** A heading without the hashes that may close it. */
function withoutHashes(text: string): string {
  let end = text.trimEnd().length;
  while (text[end - 1] === "#") end -= 1;
  return text.slice(0, end).trimEnd();
}

// No part of it can match the same text in two ways, so that a hostile text costs no more than another of its length.
const INLINE = /`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|\*(?=\S)([^*\n]+?)\*|!?\[([^[\]\n]*)\]\(([^()\s]+)\)/s;

/** The parts of a line. A link that is not of the web stays text. */
export function inlinesOf(text: string): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index > 0) parts.push({ kind: "text", text: unescaped(rest.slice(0, found.index)) });
    const [whole, code, strong, em, words, href] = found;
    if (code !== undefined) parts.push({ kind: "code", text: unescaped(code) });
    else if (strong !== undefined) parts.push({ kind: "strong", inside: inlinesOf(strong) });
    else if (em !== undefined) parts.push({ kind: "em", inside: inlinesOf(em) });
    else if (href !== undefined && isOfWeb(href)) parts.push({ kind: "link", href: unescaped(href), inside: inlinesOf(words || href) });
    else parts.push({ kind: "text", text: unescaped(whole) });
    rest = rest.slice(found.index + whole.length);
  }
  if (rest) parts.push({ kind: "text", text: unescaped(rest) });
  return parts;
}

function isOfWeb(href: string): boolean {
  return /^https?:\/\//i.test(href);
}
