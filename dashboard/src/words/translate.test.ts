import { expect, test } from "vitest";

import { translator } from "./translate";

const TEXTS = {
  plain: "Books",
  list: { rows_one: "{{count}} row", rows_other: "{{count}} rows" },
  named: "“{{title}}” by {{author}}, again {{author}}",
};
const t = translator(TEXTS, "en");

test("a text is found by its key", () => {
  expect([t("plain"), t("list.rows", { count: 1 }), t("list.rows", { count: 0 })]).toEqual(["Books", "1 row", "0 rows"]);
});

test("a value is put in wherever its name is, and stays as it is", () => {
  expect(t("named", { title: "{{author}} $& $1", author: "A" })).toBe("“{{author}} $& $1” by A, again A");
});

test("a count is formatted in the language and selects the plural form", () => {
  expect(t("list.rows", { count: 1_200 })).toBe("1,200 rows");
});

test("a key without a text is shown as it is", () => {
  expect([t("list.none"), t("plain.more"), t("list")]).toEqual(["list.none", "plain.more", "list"]);
});
