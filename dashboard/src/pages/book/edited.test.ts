import { expect, test } from "vitest";

import type { Schema } from "../../api/client";
import { changesOf, formOf, isIsbn } from "./edited";

const BOOK = {
  title: "Ozma of Oz",
  authors: ["L. Frank Baum", "Anna, the second"],
  series: [{ name: "Oz", sequence: "3" }, { name: "Fantasies" }],
  description: "<p>A <b>hen</b>.</p>",
} as Schema["Book"];

test("only what a person changed is sent", () => {
  const form = formOf(BOOK);
  expect(changesOf(form, { ...form })).toEqual({});
  expect(changesOf(form, { ...form, title: " Ozma ", publisher: "Reilly" })).toEqual({ title: "Ozma", publisher: "Reilly" });
});

test("a list has one entry on each line, so that a name may contain a comma", () => {
  const form = formOf(BOOK);
  expect(form.authors).toBe("L. Frank Baum\nAnna, the second");
  expect(changesOf(form, { ...form, authors: "L. Frank Baum\n\n John, Esq. " })).toEqual({
    authors: ["L. Frank Baum", "John, Esq."],
  });
});

test("the number of a series follows a hash", () => {
  const form = formOf(BOOK);
  expect(form.series).toBe("Oz #3\nFantasies");
  expect(changesOf(form, { ...form, series: "Oz #2.5\nC# Tales\nBoxed #1-3" })).toEqual({
    series: [{ name: "Oz", sequence: "2.5" }, { name: "C# Tales" }, { name: "Boxed", sequence: "1-3" }],
  });
});

test("an empty text clears a field", () => {
  const form = formOf(BOOK);
  expect(form.description).toBe("A hen.");
  expect(changesOf(form, { ...form, description: "", authors: "" })).toEqual({ description: null, authors: [] });
});

test("a mark is set and removed", () => {
  const form = formOf({ ...BOOK, abridged: true });
  expect(changesOf(form, { ...form })).toEqual({});
  expect(changesOf(form, { ...form, abridged: false })).toEqual({ abridged: false });
  expect(changesOf(formOf(BOOK), { ...formOf(BOOK), abridged: true })).toEqual({ abridged: true });
});

test.each([
  ["978-0-14-312854-0", true],
  ["014312854X", true],
  ["B0G9VLS7WS", false],
])("%j is an ISBN: %j", (text, expected) => {
  expect(isIsbn(text)).toBe(expected);
});
