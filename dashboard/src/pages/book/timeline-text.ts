import type { Schema } from "../../api/client";
import type { Format } from "../../words/format";

const ADDRESS = /\b([a-z][a-z\d+.-]*:\/\/)([^\s/?#]*)([^\s]*)/gi;
const LONG_CODE = /[A-Za-z0-9+/_=-]{24,}/g;
const ABSOLUTE_PATH = /(^|[\s“"(])(?:\/[^\s/“”"]+){2,}/g;

/**
 * The words without what may be secret: of an address only the host stays, and long codes such as hashes and passkeys and
 * absolute paths go. Services write no secrets, but this text leaves the installation.
 */
export function withoutSecrets(words: string): string {
  return words
    .replaceAll(ADDRESS, (_whole, scheme: string, host: string) => `${scheme}${host.slice(host.lastIndexOf("@") + 1)}/…`)
    .replaceAll(ABSOLUTE_PATH, "$1…")
    .replaceAll(LONG_CODE, (code) => (/\d/.test(code) && /[a-z]/i.test(code) ? "…" : code));
}

interface Titles {
  title: string;
  /** One line about the present state. */
  state: string;
  planned: string;
}

/** A timeline as plain text, to paste into a message. The details of its entries are left out. */
export function timelineText(
  { title, state, planned }: Titles,
  entries: readonly Pick<Schema["TimelineEntry"], "at" | "words" | "to_come" | "service">[],
  format: Pick<Format, "moment">,
): string {
  const line = (entry: (typeof entries)[number]) =>
    `${format.moment(entry.at)}  ${withoutSecrets(entry.words)} (${entry.service})`;
  const [past, next] = [entries.filter((each) => !each.to_come), entries.filter((each) => each.to_come)];
  const lines = [title, withoutSecrets(state), "", ...past.map(line)];
  if (next.length > 0) lines.push("", planned, ...next.map(line));
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}
