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
  EBUSY: "wird gerade benutzt",
  EDQUOT: "die Quote ist erreicht",
  EEXIST: "ist schon da",
  EHOSTDOWN: "der Rechner ist aus",
  EHOSTUNREACH: "der Rechner ist nicht erreichbar",
  EIO: "die Platte meldet einen Fehler",
  ENAMETOOLONG: "der Name ist zu lang",
  ENOENT: "die Datei oder der Ordner fehlt",
  ENOSPC: "die Platte ist voll",
  ENOTCONN: "die Platte ist nicht verbunden",
  ENOTDIR: "das ist kein Ordner",
  ENOTEMPTY: "der Ordner ist nicht leer",
  EPERM: "nicht erlaubt",
  EROFS: "die Platte ist nur lesbar",
  ESTALE: "die Verbindung zur Platte ist veraltet",
  ETIMEDOUT: "Zeitüberschreitung",
  EXDEV: "verschiedene Dateisysteme",
};
