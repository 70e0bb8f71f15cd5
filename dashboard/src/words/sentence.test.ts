import { expect, test } from "vitest";

import { formatFor } from "./format";
import { sentenceOf, type Translatable } from "./sentence";

const german = (template: string, figures: NonNullable<Translatable["figures"]>) =>
  sentenceOf(
    { code: "here", figures },
    {
      format: formatFor("de"),
      templateOf: (code) => ({ here: template, size: "{{bytes:bytes}} groß" })[code],
      nameOf: (set, value) => (set === "states" ? `(${value})` : value),
    },
  );

test("figures are formatted in the language of the page", () => {
  expect(german("{{path}}: {{free:bytes}} frei", { path: "/media", free: 2_500_000_000 })).toBe("/media: 2,5\u00a0GB frei");
  expect(german("{{sent}} seit {{at:date}}", { sent: 1_200, at: "2026-03-01T12:00:00Z" })).toBe("1.200 seit 01.03.2026");
});

test("a number selects the form of its noun", () => {
  const forms = [0, 1, 1_200].map((count) => german("{{count|Buch|Bücher}} da", { count }));
  expect(forms).toEqual(["0 Bücher da", "1 Buch da", "1.200 Bücher da"]);
});

test("a value of a closed set has its name, and a list each of its values", () => {
  expect(german("{{one:states}} {{all:states}}", { one: "ok", all: ["a", "b"] })).toBe("(ok) (a) und (b)");
});

test("a list is joined as its template says", () => {
  expect(german("{{kbps:either}} kbit/s", { kbps: [64, 1_280] })).toBe("64 oder 1.280 kbit/s");
  expect(german("{{parts:commas}}", { parts: ["a", "b", "c"] })).toBe("a, b, c");
  expect(german("{{parts:semicolons}}", { parts: [{ code: "size", figures: { bytes: 2_000_000 } }, "b"] })).toBe(
    "2 MB groß; b",
  );
});

test("a figure can be another sentence", () => {
  const size = { code: "size", figures: { bytes: 2_500_000_000 } };
  expect(german("{{why}}", { why: [size, "alt"] })).toBe("2,5\u00a0GB groß und alt");
  expect(german("{{why}}", { why: { code: "unknown" } })).toBe(null);
});

test("a part whose figure is missing is left out", () => {
  const template = "{{name}}[ {{version}}][ unter {{address}}]";
  expect(german(template, { name: "qbittorrent", version: "5.1", address: null })).toBe("qbittorrent 5.1");
  expect(german(template, { name: "disk", version: "", address: "/media" })).toBe("disk unter /media");
});

test("there is no sentence without a figure that it needs, or with one of another kind", () => {
  for (const [template, figures] of [
    ["{{size}} groß", {}],
    ["{{size:bytes}} groß", { size: "5 GB" }],
    ["am {{at:date}}", { at: "bald" }],
    ["{{size}} groß", { size: { of: 1 } }],
    ["{{all}} fehlen", { all: [] }],
  ] as const) {
    expect(german(template, figures), template).toBe(null);
  }
});
