import { expect, test } from "vitest";

import { fieldText, type FieldValue } from "./field-text";

test.each<[Exclude<FieldValue, boolean>, string]>([
  [null, ""],
  [[], ""],
  ["<p>Bold</p>", "Bold"],
  [["Agnes Fairweather", "Ian Grant"], "Agnes Fairweather, Ian Grant"],
  [[{ name: "Oz", sequence: "3" }, { name: "Fantasies" }], "Oz 3, Fantasies"],
])("%j is shown as %j", (value, text) => {
  expect(fieldText(value)).toBe(text);
});
