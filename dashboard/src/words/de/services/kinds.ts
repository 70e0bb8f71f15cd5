/** What a release can be, in German. */
export const kinds: Record<string, string> = {
  novel: "Roman",
  novella: "Novelle",
  collection: "Sammlung",
  anthology: "Anthologie",
  box_set: "Sammelausgabe",
  split_volume: "Teilband",
  companion: "Begleitbuch",
  summary: "Zusammenfassung",
  translation: "Übersetzung",
  dramatized: "Hörspiel",
  excerpt: "Auszug",
};

/** What the files of a release can be, in German. */
export const packs: Record<string, string> = {
  "one book": "ein Buch",
  pack: "ein Paket mehrerer Bücher",
  omnibus: "mehrere Bücher, die sich nicht trennen lassen",
  unclear: "mehrere Bücher, die sich nicht zuordnen lassen",
};

/** What a release was judged, in German. */
export const verdicts: Record<string, string> = {
  accepted: "angenommen",
  doubtful: "zweifelhaft",
  rejected: "abgelehnt",
};

/** Errors of the operating system, in German. */
export const errors: Record<string, string> = {
  EACCES: "Zugriff verweigert",
  EDQUOT: "die Quote ist erreicht",
  EIO: "die Platte meldet einen Fehler",
  ENAMETOOLONG: "der Name ist zu lang",
  ENOENT: "die Datei oder der Ordner fehlt",
  ENOSPC: "die Platte ist voll",
  EPERM: "nicht erlaubt",
  EROFS: "die Platte ist nur lesbar",
};
