import { expect, test } from "vitest";

import { de } from "./de";
import { en } from "./en";

function texts(node: object, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : texts(value as object, `${path}${key}.`),
  );
}

const named = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).toSorted();

test("both languages have a text for each key, with the same values in it", () => {
  const german = new Map(texts(de));
  const english = texts(en);
  expect([...german.keys()].toSorted()).toEqual(english.map(([key]) => key).toSorted());
  for (const [key, text] of english) {
    expect(german.get(key), key).not.toBe("");
    // The singular may say “one” in words.
    if (!key.endsWith("_one")) expect(named(german.get(key) ?? ""), key).toEqual(named(text));
  }
});
