import { expect, test } from "vitest";

import { blocksOf, inlinesOf } from "./markdown";

test("headings, paragraphs, lists, quotes and code are blocks", () => {
  const text = "## The *duty*\n\nSeed for\n**72 hours**.\n\n- one\n  more\n- two\n\n1. first\n\n> said\n\n```\na &lt; b\n```";
  expect(blocksOf(text).map(({ kind }) => kind)).toEqual(["heading", "paragraph", "list", "list", "quote", "code"]);
  expect(blocksOf(text)[2]).toMatchObject({ isNumbered: false, items: [[{ text: "one\nmore" }], [{ text: "two" }]] });
  expect(blocksOf(text)[5]).toEqual({ kind: "code", text: "a < b" });
});

test("a term and the line that says what it means are a list of terms", () => {
  const text = (words: string) => [{ kind: "text", text: words }];
  expect(blocksOf("No change\n: It was known.\n\nTaken\n: Ask again.\n\nThe end: here.\nTruly.")).toEqual([
    {
      kind: "terms",
      terms: [
        { term: text("No change"), about: text("It was known.") },
        { term: text("Taken"), about: text("Ask again.") },
      ],
    },
    { kind: "paragraph", inside: text("The end: here.\nTruly.") },
  ]);
});

test("only links of the web are links", () => {
  expect(inlinesOf("[rules](https://site.example/r)")).toEqual([
    { kind: "link", href: "https://site.example/r", inside: [{ kind: "text", text: "rules" }] },
  ]);
  const script = "[rules](javascript:alert)";
  expect(inlinesOf(script)).toEqual([{ kind: "text", text: script }]);
});

test("markup of HTML is text", () => {
  expect(inlinesOf("&lt;script&gt;x&lt;/script&gt;")).toEqual([{ kind: "text", text: "<script>x</script>" }]);
});

test("a heading may be closed with hashes", () => {
  expect(blocksOf("## The call ##")).toEqual([{ kind: "heading", level: 2, inside: [{ kind: "text", text: "The call" }] }]);
});

test("a hostile text is read to its end", () => {
  for (const text of ["*", "[", "`", "# ", "#", "** ", "![](", "> ", "- "]) {
    expect(blocksOf(`${text.repeat(5_000)}](`).length).toBeGreaterThan(0);
  }
  expect(blocksOf(`# ${" ".repeat(20_000)}x`)).toHaveLength(1);
});
