/** The settings of downloader, in German. */
export const downloader = {
  QBITTORRENT_URL: { name: "Adresse von qBittorrent", about: "Adresse der Weboberfläche von qBittorrent." },
  QBITTORRENT_USERNAME: { name: "Benutzername in qBittorrent", about: "Benutzer der Weboberfläche von qBittorrent." },
  QBITTORRENT_PASSWORD: {
    name: "Passwort in qBittorrent",
    about: "Passwort der Weboberfläche von qBittorrent; leer, wenn sie keines braucht.",
  },
  QBITTORRENT_API_KEY: {
    name: "API-Schlüssel von qBittorrent",
    about: "API-Schlüssel von qBittorrent 5.2 oder neuer, statt Benutzername und Passwort; leer: Anmeldung mit diesen.",
  },
  QBITTORRENT_CATEGORY: { name: "Kategorie", about: "Kategorie unserer Torrents in qBittorrent." },
  QBITTORRENT_DOWNLOAD_PATH: {
    name: "Ordner der Downloads in qBittorrent",
    about: "DOWNLOAD_PATH, wie qBittorrent ihn sieht; leer, wenn es derselbe Pfad ist.",
  },
  TRANSMISSION_URL: {
    name: "Adresse von Transmission",
    about: "Adresse der Weboberfläche von Transmission; mit dem Pfad seiner RPC-Schnittstelle, wenn es nicht der übliche ist.",
  },
  TRANSMISSION_USERNAME: {
    name: "Benutzername in Transmission",
    about: "Benutzer der Weboberfläche von Transmission; leer, wenn sie keinen braucht.",
  },
  TRANSMISSION_PASSWORD: { name: "Passwort in Transmission", about: "Passwort der Weboberfläche von Transmission." },
  TRANSMISSION_LABEL: { name: "Kennzeichen", about: "Kennzeichen (Label) unserer Torrents in Transmission." },
  TRANSMISSION_DOWNLOAD_PATH: {
    name: "Ordner der Downloads in Transmission",
    about: "DOWNLOAD_PATH, wie Transmission ihn sieht; leer, wenn es derselbe Pfad ist.",
  },
  PROWLARR_URL: { name: "Adresse von Prowlarr", about: "Adresse von Prowlarr; leer: Es wird ohne Prowlarr gesucht." },
  PROWLARR_API_KEY: { name: "API-Schlüssel von Prowlarr", about: "Der API-Schlüssel von Prowlarr (Settings, General)." },
  DOWNLOAD_PATH: { name: "Ordner der Downloads", about: "Ordner, in dem unsere Torrents gespeichert werden." },
  PATH_MAPPINGS: {
    name: "Pfadzuordnungen",
    about:
      "Weitere Ordner, in die Torrents verschoben werden können, wie das Download-Programm und wie Gapless sie sieht: sein Pfad=unser Pfad, durch Semikolons getrennt; der längste passende Pfad gilt.",
  },
  LIBRARY_PATH: {
    name: "Ordner der Bibliothek",
    about: "Ordner der Bibliothek von Audiobookshelf, am besten auf demselben Dateisystem wie DOWNLOAD_PATH.",
  },
  IMPORT_FOLDERS: {
    name: "Ordner für Importe",
    about: "Ordner, aus denen jemand Dateien importieren darf, durch Kommas getrennt; leer: keine Importe von Hand.",
  },
  REPLACED_PATH: {
    name: "Ordner für ersetzte Bücher",
    about:
      "Ordner außerhalb von LIBRARY_PATH, auf seinem Dateisystem, in den ersetzte Bücher verschoben werden; leer: Kein Buch wird ersetzt, was auch immer die Qualitätsprofile sagen.",
  },
  IMPORT_WATCH: {
    name: "Ordner für Importe überwachen",
    about:
      "Was mit neuen Büchern in IMPORT_FOLDERS geschieht: off (nichts), ask (sie stehen in der Liste der wartenden Importe) oder import (sie werden importiert, wenn genau ein fehlendes Buch sicher passt, und sonst vorgeschlagen).",
  },
  IMPORT_WATCH_MINUTES: {
    name: "Ruhe vor dem Import",
    about: "Minuten ohne Änderung, nach denen ein neues Buch in IMPORT_FOLDERS als vollständig gilt.",
  },
  IMPORT_SIDECARS: {
    name: "Begleitdateien",
    about: "Dateien, die neben ein importiertes Buch gelegt werden: metadata.json, metadata.opf, cover; leer: keine.",
  },
  IMPORT_MERGE: {
    name: "Dateien zusammenfügen",
    about: "Die Dateien eines importierten Buches zu einer einzigen m4b-Datei mit Kapiteln zusammenfügen.",
  },
  IMPORT_TAGS: {
    name: "Tags schreiben",
    about:
      "Titel, Autoren, Sprecher, Reihe, Jahr, ASIN und Titelbild in Kopien der importierten Dateien schreiben, die eigenen Platz brauchen. Zusammengefügte Bücher bekommen immer Tags.",
  },
  PATH_TEMPLATE: {
    name: "Vorlage der Ordner",
    about: "Ordner eines importierten Buches in der Bibliothek; Text in <> entfällt, wenn ein Feld darin keinen Wert hat.",
  },
  VERIFY_DECODE: {
    name: "Prüfung des Tons",
    about: "Wie viel vom fertigen Ton dekodiert wird: sampled (Anfang, Ende und Viertel) oder full (alles).",
  },
  VERIFY_DURATION_PERCENT: {
    name: "Erlaubte Abweichung der Länge",
    about: "Um so viel Prozent darf die Spieldauer des fertigen Tons von einer bekannten Ausgabe abweichen.",
  },
  SERIES_AUTO_DOWNLOAD: { name: "Lücken von Reihen holen", about: "Lücken von Reihen ohne Zustimmung holen." },
  AUTHOR_AUTO_DOWNLOAD: { name: "Lücken von Autoren holen", about: "Lücken von Autoren ohne Zustimmung holen." },
  TOP10_AUTO_DOWNLOAD: { name: "Bücher der Bestenlisten holen", about: "Bücher der Bestenlisten ohne Zustimmung holen." },
  MIN_BITRATE_KBPS: {
    name: "Niedrigste Bitrate",
    about: "Niedrigste Bitrate eines Releases (Größe je Spieldauer), in kbit/s.",
  },
  MAX_BITRATE_KBPS: { name: "Höchste Bitrate", about: "Höchste Bitrate eines Releases (Größe je Spieldauer), in kbit/s." },
  MIN_FREE_DISK_GIB: {
    name: "Freier Speicherplatz",
    about: "So viele GiB muss ein Download auf DOWNLOAD_PATH frei lassen.",
  },
  PACK_MIN_BOOKS: {
    name: "Gesuchte Bücher eines Pakets",
    about: "So viele gesuchte Bücher muss ein Release mit mehreren Büchern enthalten, um geholt zu werden; 0: nie.",
  },
  PACK_MIN_WANTED_SHARE: {
    name: "Gesuchter Anteil eines Pakets",
    about: "Anteil der Bytes eines solchen Releases, der zu gesuchten Büchern gehören muss, von 0 bis 1.",
  },
  DOWNLOAD_STALLED_HOURS: {
    name: "Stillstand eines Downloads",
    about: "Stunden ohne Fortschritt oder Seeds, nach denen ein Download scheitert; auch ein Bruchteil ist möglich.",
  },
  SEEDING_THEN: {
    name: "Nach dem Seeden",
    about:
      "Was mit dem Torrent eines importierten Buches geschieht, der lange genug geseedet hat: keep (behalten), remove (mit seinen Dateien in DOWNLOAD_PATH löschen) oder category (in SEEDING_THEN_CATEGORY verschieben).",
  },
  SEEDING_THEN_CATEGORY: {
    name: "Kategorie nach dem Seeden",
    about: "Die Kategorie für Torrents, die lange genug geseedet haben.",
  },
  SEEDING_THEN_DAYS: {
    name: "Tage des Seedens",
    about: "So viele Tage seedet ein Torrent, bevor SEEDING_THEN gilt; der Tracker verlangt 3.",
  },
  SEEDING_THEN_RATIO: {
    name: "Ratio nach dem Seeden",
    about: "Diese Ratio muss ein Torrent außerdem erreicht haben, bevor SEEDING_THEN gilt.",
  },
  DOWNLOAD_CLIENT: { name: "Download-Programm", about: "Das Download-Programm: qbittorrent oder transmission." },
  DOWNLOAD_RETENTION_DAYS: {
    name: "Downloads aufbewahren",
    about: "Tage, für die importierte und abgebrochene Downloads aufbewahrt werden.",
  },
};
