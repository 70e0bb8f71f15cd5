import type { Schema } from "../../api/client";

/** A line of the genre map: a genre or tag, and what it becomes, separated by commas. */
export interface GenreRule {
  name: string;
  becomes: string;
}

type Rules = Schema["GenreRules"]["genres"];

/** The lines of a stored map, by name. */
export function linesOf(genres: Rules): GenreRule[] {
  const lines = Object.entries(genres).map(([name, becomes]) => ({
    name,
    becomes: becomes === null ? "" : [becomes].flat().join(", "),
  }));
  return lines.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The map of the lines that have a name. */
export function rulesOf(lines: readonly GenreRule[]): Rules {
  const named = lines.filter(({ name }) => name.trim() !== "");
  return Object.fromEntries(named.map(({ name, becomes }) => [name.trim(), replacement(becomes)]));
}

function replacement(text: string): Rules[string] {
  const [first, ...others] = text.split(",").map((each) => each.trim()).filter(Boolean);
  if (first === undefined) return null;
  return others.length === 0 ? first : [first, ...others];
}
