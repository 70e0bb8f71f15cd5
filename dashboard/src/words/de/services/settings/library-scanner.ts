/** The settings of library-scanner, in German. */
export const libraryScanner = {
  ABS_URL: {
    name: "Adresse von Audiobookshelf",
    about: "Adresse von Audiobookshelf, mit seinem Basispfad, falls es einen hat.",
  },
  ABS_TOKEN: {
    name: "API-Schlüssel von Audiobookshelf",
    about: "API-Schlüssel eines Administrators von Audiobookshelf (Einstellungen, API-Schlüssel).",
  },
  ABS_LIBRARIES: {
    name: "Bibliotheken",
    about: "Namen oder Kennungen der Bibliotheken von Audiobookshelf, die verwendet werden, durch Kommas getrennt; leer: alle mit Büchern.",
  },
  ABS_WRITE_INTERVAL: {
    name: "Abstand der Änderungen in Audiobookshelf",
    about: "Sekunden zwischen zwei Anfragen, die Titel in Audiobookshelf ändern; eine kann viele Titel ändern.",
  },
  IMPORT_CONFIRM_SECONDS: {
    name: "Frist für importierte Bücher",
    about: "Sekunden, innerhalb derer Audiobookshelf ein importiertes Buch zeigen muss.",
  },
  LIBRARY_WATCHER_SECONDS: {
    name: "Wartezeit vor dem Einlesen",
    about: "Sekunden, die Audiobookshelf hat, um einen neuen Ordner selbst zu bemerken, bevor ein Einlesen verlangt wird.",
  },
  LIBRARY_LANGUAGES: {
    name: "Gewünschte Sprachen",
    about: "Sprachen, in denen fehlende Bücher gewünscht sind, auf Englisch und durch Kommas getrennt, die bevorzugte zuerst.",
  },
  SERIES_MIN_BOOKS: {
    name: "Mindestens Bücher einer Reihe",
    about: "So viele Bücher einer Reihe muss die Bibliothek haben, damit ihre Lücken gesucht werden.",
  },
  SERIES_MAX_MISSING: {
    name: "Höchstens fehlende Bücher einer Reihe",
    about: "So viele fehlende Bücher werden für eine Reihe höchstens gespeichert.",
  },
  AUTHOR_TOP_COUNT: {
    name: "Höchstens geprüfte Autoren",
    about: "So viele Autoren werden höchstens auf Lücken geprüft, die mit den meisten Büchern zuerst.",
  },
  AUTHOR_MIN_BOOKS: {
    name: "Mindestens Bücher eines Autors",
    about: "So viele Bücher eines Autors muss die Bibliothek haben, damit seine Lücken gesucht werden.",
  },
  AUTHOR_MAX_MISSING: {
    name: "Höchstens fehlende Bücher eines Autors",
    about: "So viele fehlende Bücher werden für einen Autor höchstens gespeichert.",
  },
  COVER_TINY_PIXELS: {
    name: "Kleines Titelbild",
    about:
      "Ein Titelbild, dessen kürzere Seite weniger Pixel hat, darf ersetzt werden; 0: Es werden nur fehlende Titelbilder ergänzt.",
  },
  COVER_SIZES_PER_DAY: {
    name: "Geprüfte Titelbilder am Tag",
    about: "So viele Titelbilder in Audiobookshelf werden an einem Tag gemessen, um kleine zu finden; 0: keine.",
  },
  COVERS_PRIVATE_HOSTS: {
    name: "Titelbilder aus dem lokalen Netz",
    about: "Titelbilder dürfen auch von Adressen im lokalen Netz geholt werden, etwa von einem Anbieter dort.",
  },
  MISSING_FILES_DAYS: {
    name: "Frist für verschwundene Dateien",
    about: "Tage, für die ein Buch als vorhanden zählt, nachdem seine Dateien zuletzt gefunden wurden.",
  },
  LIBRARY_HISTORY_DAYS: {
    name: "Verlauf der Bibliothek aufbewahren",
    about: "Tage, für die der Verlauf der Bücher und der fehlenden Bücher aufbewahrt wird.",
  },
};
