/** Texts by their key, with values in them and the plural forms of a language. */

export interface Texts {
  readonly [name: string]: string | Texts;
}

/** The names of all texts, with dots between the parts. `books_one` and `books_other` are both the key `books`. */
export type KeyOf<Node> = {
  [Name in keyof Node & string]: Node[Name] extends string ? WithoutPlural<Name> : `${Name}.${KeyOf<Node[Name]>}`;
}[keyof Node & string];

type WithoutPlural<Name extends string> = Name extends `${infer Key}_${"one" | "other"}` ? Key : Name;

export interface Values {
  /** Selects the plural form. The text shows it as `{{count}}`, formatted in its language. */
  count?: number;
  [name: string]: string | number | undefined;
}

export type Translate<Key extends string> = (key: Key, values?: Values) => string;

/** A function that returns the text of a key in this language. A key without a text is returned as it is. */
export function translator(texts: Texts, language: string): Translate<string> {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const { count } = values;
    const text =
      (count === undefined ? undefined : find(texts, `${key}_${plural.select(count)}`) ?? find(texts, `${key}_other`)) ??
      find(texts, key) ??
      key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      return name === "count" && count !== undefined ? number.format(count) : String(values[name] ?? "");
    });
  };
}

/** The text of a key; undefined: there is none. */
export function find(texts: Texts, key: string): string | undefined {
  let node: string | Texts | undefined = texts;
  for (const name of key.split(".")) node = typeof node === "object" ? node[name] : undefined;
  return typeof node === "string" ? node : undefined;
}
