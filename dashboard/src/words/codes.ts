import { isTranslatable, type Translatable } from "./sentence";

/** The codes and figures of sentences by their names, of an answer whose form the API leaves open. */
export function codesOf(value: unknown): Record<string, Translatable> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((each): each is [string, Translatable] => isTranslatable(each[1])),
  );
}
