/** The settings of metadata, in German. */
export const metadata = {
  AUDIBLE_URL: {
    name: "Adresse von Audible",
    about:
      "Die Adresse des Katalogs von Audible, mit {domain} für die Marktplätze aus AUDIBLE_REGIONS; ohne {domain} ist sie der einzige Marktplatz.",
  },
  AUDIBLE_REGIONS: {
    name: "Regionen von Audible",
    about: "Die Marktplätze, die gefragt werden, der eigene zuerst; die in der Sprache eines Buches kommen vor den anderen.",
  },
  AUDIBLE_MAX_REGIONS: { name: "Höchstens Regionen von Audible", about: "In so vielen Marktplätzen wird eine ASIN höchstens gesucht." },
  AUDIBLE_INTERVAL: {
    name: "Abstand der Anfragen an Audible",
    about: "Sekunden zwischen zwei Anfragen an Audible, über alle Instanzen hinweg.",
  },
  AUDIBLE_PER_DAY: {
    name: "Anfragen an Audible am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Audible gehen, über alle Instanzen hinweg; leer: beliebig viele.",
  },
  HARDCOVER_URL: { name: "Adresse von Hardcover", about: "Die Adresse von Hardcover." },
  HARDCOVER_TOKEN: {
    name: "Token von Hardcover",
    about:
      "Ein persönliches Zugriffstoken von Hardcover (mit dem Recht read:catalog, für Importlisten auch read:lists); ohne Token wird Hardcover nicht verwendet.",
  },
  HARDCOVER_INTERVAL: {
    name: "Abstand der Anfragen an Hardcover",
    about: "Sekunden zwischen zwei Anfragen an Hardcover, über alle Instanzen hinweg.",
  },
  HARDCOVER_PER_DAY: {
    name: "Anfragen an Hardcover am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Hardcover gehen, über alle Instanzen hinweg.",
  },
  GOOGLE_URL: { name: "Adresse von Google Books", about: "Die Adresse von Google Books." },
  GOOGLE_KEY: {
    name: "API-Schlüssel von Google Books",
    about: "Ein API-Schlüssel von Google für die Books API; ohne ihn wird Google Books nicht verwendet.",
  },
  GOOGLE_WITHOUT_KEY: {
    name: "Google Books ohne Schlüssel",
    about: "Google Books ohne Schlüssel verwenden, aus einem Kontingent, das alle teilen und das meist verbraucht ist.",
  },
  GOOGLE_COUNTRY: {
    name: "Land für Google Books",
    about: "Das Land, dessen Bücher Google nennt; ohne Land lehnt Google Adressen ab, die es nicht zuordnen kann.",
  },
  GOOGLE_SERIES: {
    name: "Reihen von Google Books",
    about:
      "Die Reihe eines Buches lesen, das über die ISBN gefunden wurde, mit bis zu zwei weiteren Anfragen für jedes, und die Bücher einer Reihe.",
  },
  GOOGLE_INTERVAL: {
    name: "Abstand der Anfragen an Google",
    about: "Sekunden zwischen zwei Anfragen an Google, über alle Instanzen hinweg.",
  },
  GOOGLE_PER_DAY: {
    name: "Anfragen an Google am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Google Books gehen, über alle Instanzen hinweg.",
  },
  AUDNEXUS_URL: { name: "Adresse von Audnexus", about: "Die Adresse von Audnexus, das die Kapitel der Bücher von Audible hat." },
  AUDNEXUS_INTERVAL: {
    name: "Abstand der Anfragen an Audnexus",
    about: "Sekunden zwischen zwei Anfragen an Audnexus, über alle Instanzen hinweg.",
  },
  AUDNEXUS_PER_DAY: {
    name: "Anfragen an Audnexus am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Audnexus gehen, über alle Instanzen hinweg; leer: beliebig viele.",
  },
  AUDNEXUS_REGIONS: {
    name: "Regionen von Audnexus",
    about: "Die Marktplätze, nach denen Audnexus gefragt wird, der Reihe nach; die in der Sprache eines Buches zuerst.",
  },
  AUDNEXUS_MAX_REGIONS: {
    name: "Höchstens Regionen von Audnexus",
    about: "Nach so vielen Marktplätzen wird Audnexus für eine ASIN höchstens gefragt.",
  },
  AUDNEXUS_BOOKS: {
    name: "Bücher bei Audnexus suchen",
    about: "Bücher auch bei Audnexus suchen, mit einer Anfrage für jede ASIN; Audible hat dieselben Daten.",
  },
  OPENLIBRARY_URL: {
    name: "Adresse von Open Library",
    about: "Die Adresse von Open Library, das nur verwendet wird, wenn openlibrary in PROVIDERS steht.",
  },
  OPENLIBRARY_CONTACT: {
    name: "Kontakt für Open Library",
    about: "Eine E-Mail-Adresse oder URL von Ihnen, die Open Library auf seinen Wunsch im User-Agent erhält.",
  },
  OPENLIBRARY_INTERVAL: {
    name: "Abstand der Anfragen an Open Library",
    about: "Sekunden zwischen zwei Anfragen an Open Library, über alle Instanzen hinweg.",
  },
  OPENLIBRARY_PER_DAY: {
    name: "Anfragen an Open Library am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Open Library gehen, über alle Instanzen hinweg.",
  },
  GOODREADS_URL: {
    name: "Adresse von Goodreads",
    about: "Die Adresse von Goodreads, das nur verwendet wird, wenn goodreads in PROVIDERS steht.",
  },
  GOODREADS_INTERVAL: {
    name: "Abstand der Anfragen an Goodreads",
    about: "Sekunden zwischen zwei Anfragen an Goodreads, über alle Instanzen hinweg.",
  },
  GOODREADS_PER_DAY: {
    name: "Anfragen an Goodreads am Tag",
    about: "So viele Anfragen dürfen an einem Tag an Goodreads gehen, über alle Instanzen hinweg.",
  },
  CUSTOM_PROVIDERS: {
    name: "Eigene Anbieter",
    about:
      "Server, die das Protokoll von Audiobookshelf für eigene Anbieter von Metadaten sprechen: Name=Adresse, durch Kommas getrennt; kindle, audioteka und lubimyczytac haben ein eigenes Gewicht, andere 0,5, wenn PROVIDERS nichts anderes sagt.",
  },
  CUSTOM_PROVIDER_KEYS: {
    name: "Schlüssel eigener Anbieter",
    about: "Die Werte zur Anmeldung, die eigene Anbieter verlangen: Name=Wert, durch Kommas getrennt.",
  },
  CUSTOM_PROVIDERS_INTERVAL: {
    name: "Abstand der Anfragen an eigene Anbieter",
    about: "Sekunden zwischen zwei Anfragen an einen eigenen Anbieter, über alle Instanzen hinweg.",
  },
  CUSTOM_PROVIDERS_PER_DAY: {
    name: "Anfragen an eigene Anbieter am Tag",
    about: "So viele Anfragen dürfen an einem Tag an jeden eigenen Anbieter gehen, über alle Instanzen hinweg.",
  },
  PROVIDERS: {
    name: "Anbieter",
    about:
      "Die Anbieter der Reihe nach, jeder mit seinem Gewicht von 0 bis 10; bekannt sind audible, hardcover, google, audnexus, openlibrary und goodreads.",
  },
  METADATA_DRY_RUN: { name: "Nur probeweise", about: "Die Änderungen nur im Lauf auflisten und nichts ändern." },
  METADATA_BATCH_SIZE: {
    name: "Bücher einer Anfrage",
    about: "So viele Bücher werden auf einmal von der Bibliothek angefordert.",
  },
  METADATA_DAILY_MAX: {
    name: "Bücher am Tag",
    about: "So viele Bücher frischt die tägliche Aufgabe auf.",
  },
  METADATA_COVERS: { name: "Titelbilder ergänzen", about: "Büchern ohne Titelbild eines hinzufügen." },
  METADATA_CHAPTERS: {
    name: "Kapitel ergänzen",
    about: "Büchern ohne Kapitel oder mit einem Kapitel je Datei Kapitel hinzufügen; eine weitere Anfrage für jedes Buch.",
  },
  METADATA_NEW_DAYS: { name: "Neue Bücher", about: "Tage, nach denen ein Buch nicht mehr neu ist." },
  PROPOSALS_ACCEPT_CONFIDENCE: {
    name: "Ohne Rückfrage schreiben",
    about:
      "HIGH: Nur sichere Werte der Anbieter werden geschrieben, plausible werden vorgeschlagen; MEDIUM: Auch plausible Werte, denen nichts widerspricht, werden geschrieben; LOW: Alle plausiblen Werte werden geschrieben.",
  },
  METADATA_WRITE_CONFIDENCE: {
    name: "Sicherheit des Treffers",
    about:
      "MEDIUM: Sichere Werte jedes Eintrags, der sicher das Werk ist, werden geschrieben; HIGH: nur die von Einträgen, deren Ausgabe oder deren Reihe, Autor und Jahr übereinstimmen; die anderen werden vorgeschlagen.",
  },
  OWN_READINGS_ACCEPT_SCORE: {
    name: "Eigene Lesungen schreiben ab",
    about:
      "Änderungen, die Gapless aus der Bibliothek selbst liest, werden ab dieser Sicherheit ohne Rückfrage geschrieben; leer: nie.",
  },
  IMPORT_LIST_MATCHES: {
    name: "Einträge von Importlisten je Lauf",
    about: "So viele Einträge von Importlisten vergleicht ein Lauf mit den Anbietern.",
  },
  CORRECTIONS_KEEP_DAYS: {
    name: "Korrekturen aufbewahren",
    about:
      "Tage, für die Korrekturen aufbewahrt werden; eine, die rückgängig gemacht werden kann, bleibt so lange wie ihr Buch.",
  },
  REFRESHES_KEEP_DAYS: {
    name: "Verlauf aufbewahren",
    about: "Tage, für die der Verlauf des Auffrischens aufbewahrt wird.",
  },
  PROVIDER_ANSWERS_KEEP_DAYS: {
    name: "Antworten der Anbieter aufbewahren",
    about: "Tage, für die Antworten der Anbieter aufbewahrt werden; wiederverwendet werden sie höchstens sieben.",
  },
  PROVIDER_NOT_FOUND_HOURS: {
    name: "Unbekannte Bücher neu suchen nach",
    about:
      "Stunden, nach denen ein Anbieter, der ein Buch nicht kannte, wieder danach gefragt wird; manche Antworten enden bis zu einem Viertel früher.",
  },
};
