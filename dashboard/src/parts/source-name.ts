/** What outside systems are called. Services name them in capitals or in small letters. */

const NAMES: Readonly<Record<string, string>> = {
  abs: "Audiobookshelf",
  audible: "Audible",
  audiobookshelf: "Audiobookshelf",
  audnexus: "Audnexus",
  goodreads: "Goodreads",
  google: "Google Books",
  hardcover: "Hardcover",
  mam: "MyAnonamouse",
  myanonamouse: "MyAnonamouse",
  openlibrary: "Open Library",
  prowlarr: "Prowlarr",
  qbittorrent: "qBittorrent",
  transmission: "Transmission",
};

/** The name of a system, or of each in a list such as “AUDIBLE, HARDCOVER”. One that is not known stays as it is. */
export function systemName(given: string): string {
  return given
    .split(", ")
    .map((each) => NAMES[each.toLowerCase()] ?? each)
    .join(", ");
}
