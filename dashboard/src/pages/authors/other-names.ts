interface ListedWork {
  authors?: readonly string[];
}

interface MissingWork {
  other_authors?: readonly string[];
}

export interface OtherName {
  name: string;
  /** The number of works that are listed under it. */
  works: number;
}

/**
 * The other names of an author: those that the providers list for their missing books, and other spellings of the name
 * among the authors of their works. The most frequent first.
 */
export function otherNames(name: string, works: readonly ListedWork[], missing: readonly MissingWork[]): OtherName[] {
  const counts = new Map<string, number>();
  const add = (other: string) => {
    if (other !== name) counts.set(other, (counts.get(other) ?? 0) + 1);
  };
  for (const work of works) {
    for (const other of new Set(work.authors)) if (isSpelling(other, name)) add(other);
  }
  for (const work of missing) for (const other of new Set(work.other_authors)) add(other);
  return [...counts]
    .map(([other, count]) => ({ name: other, works: count }))
    .toSorted((one, two) => two.works - one.works || one.name.localeCompare(two.name));
}

/** Whether two names have the same last name and the same first initial. */
function isSpelling(one: string, other: string): boolean {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  return words.at(-1) === otherWords.at(-1) && words[0]?.[0] === otherWords[0]?.[0];
}

/** The words of a name without accents and punctuation; "Baum, L. Frank" is turned round. */
function wordsOf(name: string): string[] {
  const [last, first, ...rest] = name.split(",");
  const inOrder = first !== undefined && rest.length === 0 ? `${first} ${last}` : name;
  return inOrder
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
