/** The settings of mam-search, in German. */
export const mamSearch = {
  MAM_SESSION: {
    name: "Sitzung bei MyAnonamouse (mam_id)",
    about: "Die mam_id einer Sitzung, die nur für Gapless angelegt wurde (Preferences > Security, mit erlaubter API).",
  },
  MAM_URL: { name: "Adresse von MyAnonamouse", about: "Die Adresse von MyAnonamouse." },
  MAM_TRACKER_URL: {
    name: "Adresse des Trackers",
    about: "Die Adresse des Trackers von MyAnonamouse, bei dem unsere öffentliche Adresse eingetragen wird.",
  },
  MAM_CDN_URL: {
    name: "Adresse der Inhalte",
    about: "Die Adresse des Servers für Inhalte von MyAnonamouse, der die Liste Ihrer Torrents hat.",
  },
  MAM_DYNAMIC_SEEDBOX: {
    name: "Unsere Adresse eingetragen halten",
    about:
      "Unsere öffentliche Adresse bei MyAnonamouse eingetragen halten, höchstens einmal in der Stunde. Die Sitzung muss das dürfen, und Gapless und das Download-Programm müssen dieselbe öffentliche Adresse haben.",
  },
  MAM_PROXY: {
    name: "Proxy für MyAnonamouse",
    about: "HTTP- oder SOCKS-Proxy für alles, was an MyAnonamouse geht, etwa der des VPN, das das Download-Programm verwendet.",
  },
  MAM_RATE_LIMIT: {
    name: "Abstand der Anfragen",
    about:
      "So viele Sekunden liegen mindestens zwischen zwei Anfragen an MyAnonamouse, über alle Instanzen hinweg; der Abstand ist zufällig, bis zu einem Drittel länger.",
  },
  MAM_REQUESTS_PER_DAY: {
    name: "Anfragen am Tag",
    about:
      "So viele Anfragen gehen an einem Tag an MyAnonamouse, ohne Seiten und über alle Instanzen hinweg; danach keine mehr, bis der Tag vorbei ist.",
  },
  MAM_REMEMBER_DAYS: {
    name: "Suchergebnisse aufbewahren",
    about: "Tage, für die Suchergebnisse und Releases aufbewahrt werden, nachdem sie zuletzt gesehen wurden.",
  },
  MAM_BROWSER_SESSION: {
    name: "Browser-Sitzung bei MyAnonamouse (mam_id)",
    about: "Die mam_id einer Browser-Sitzung, die nur für Gapless angelegt wurde. Mit ihr werden Seiten gelesen.",
  },
  MAM_USERNAME: {
    name: "Benutzername bei MyAnonamouse",
    about: "Der Name oder die E-Mail-Adresse für das Anmeldeformular; wird nur ohne MAM_BROWSER_SESSION verwendet.",
  },
  MAM_PASSWORD: { name: "Passwort bei MyAnonamouse", about: "Das Passwort für das Anmeldeformular." },
  MAM_PAGE_SECONDS: {
    name: "Abstand der Seiten",
    about: "Mindestens so viele Sekunden liegen zwischen zwei Seiten; der Abstand ist zufällig, bis zum Dreifachen.",
  },
  MAM_PAGES_PER_DAY: { name: "Seiten am Tag", about: "So viele Seiten werden an einem Tag gelesen, über alle Instanzen hinweg." },
  LANGUAGE_MODEL_API: {
    name: "Schnittstelle des Sprachmodells",
    about:
      "Wie das Sprachmodell aufgerufen wird, das Antworten formuliert: openai (jeder kompatible Server) oder anthropic; leer: keines, Antworten sind dann Textstellen.",
  },
  LANGUAGE_MODEL_URL: {
    name: "Adresse des Sprachmodells",
    about: "Die Adresse des Sprachmodells, mit seiner Version; leer: die von Anthropic oder OpenAI.",
  },
  LANGUAGE_MODEL_KEY: {
    name: "Schlüssel des Sprachmodells",
    about: "Der Schlüssel für das Sprachmodell; ein lokaler Server braucht oft keinen.",
  },
  LANGUAGE_MODEL: { name: "Sprachmodell", about: "Der Name des Sprachmodells; nötig mit LANGUAGE_MODEL_API." },
  LANGUAGE_MODEL_SECONDS: {
    name: "Zeitlimit des Sprachmodells",
    about: "So viele Sekunden darf eine Anfrage an das Sprachmodell höchstens dauern.",
  },
  LANGUAGE_MODEL_TOKENS: { name: "Länge einer Antwort", about: "So viele Tokens darf eine Antwort höchstens haben." },
  MAM_CRAWL_BOARDS: {
    name: "Gelesene Foren",
    about: "Nummern der Foren, die gelesen werden, durch Kommas getrennt; leer: Es werden nur Anleitungen gelesen.",
  },
  MAM_CRAWL_MAX_PAGES: {
    name: "Seiten eines Durchgangs",
    about: "So viele Seiten werden in einem Durchgang geholt; der nächste macht mit den übrigen weiter.",
  },
  MAM_CRAWL_MAX_MINUTES: { name: "Dauer eines Durchgangs", about: "So viele Minuten dauert ein Durchgang höchstens." },
  MAM_CRAWL_MAX_DEPTH: {
    name: "Tiefe eines Durchgangs",
    about: "So viele Links darf eine gelesene Seite von der Liste der Anleitungen oder einem Forum entfernt sein.",
  },
  MAM_CRAWL_PAGES_PER_TOPIC: {
    name: "Seiten eines Themas",
    about: "So viele Seiten werden von einem Thema und von einem Forum gelesen.",
  },
  MAM_CRAWL_REFETCH_DAYS: {
    name: "Seiten neu lesen nach",
    about: "Tage, nach denen eine Seite neu gelesen wird, obwohl keine Liste eine Änderung zeigt.",
  },
  MAM_GUIDES_FOLDER: {
    name: "Ordner der Anleitungen",
    about: "Ordner, in den die Anleitungen nach jedem Durchgang als Markdown-Dateien geschrieben werden; leer: keiner.",
  },
  TOP10_ORDER: {
    name: "Reihenfolge der Bestenlisten",
    about: "Was ein Release einer Bestenliste beliebt macht: snatched (wie oft es geladen wurde) oder seeders.",
  },
  TOP10_MIN_SEEDERS: {
    name: "Mindestens Seeder einer Bestenliste",
    about: "So viele Seeder muss ein Buch einer Bestenliste mindestens haben.",
  },
  TOP10_MAX_PER_GENRE: {
    name: "Höchstens Bücher einer Bestenliste",
    about: "So viele Bücher einer Bestenliste werden ohne Zustimmung geholt, wenn TOP10_AUTO_DOWNLOAD an ist.",
  },
  TOP10_ALLOWED_WORDS: {
    name: "Nötige Wörter",
    about: "Ein Buch einer Bestenliste wird nur hinzugefügt, wenn es eines dieser Wörter enthält, durch Kommas getrennt; leer: jedes.",
  },
  TOP10_BLOCKED_WORDS: {
    name: "Ausgeschlossene Wörter",
    about: "Ein Buch einer Bestenliste, das eines dieser Wörter enthält, wird nicht hinzugefügt; durch Kommas getrennt.",
  },
  TOP_LISTS_URL: {
    name: "Adresse anderer Bestenlisten",
    about: "Adresse eines fremden Katalogs von Bestenlisten (docs/top-lists.md); leer: keiner.",
  },
  TOP_LISTS_SPAN: { name: "Zeitraum anderer Bestenlisten", about: "Der Zeitraum, der aus dem fremden Katalog gelesen wird." },
  MAM_MIN_RATIO: {
    name: "Niedrigste Ratio",
    about: "Niedrigste Ratio bei MyAnonamouse. Würde sie unterschritten, wird nur noch Freeleech geholt.",
  },
  MAM_UNSATISFIED_RESERVE: {
    name: "Freie Plätze",
    about: "So viele Plätze bleiben unter der Grenze von MyAnonamouse für Torrents mit offener Seed-Pflicht frei.",
  },
  MAM_SLOTS_FOR_PERSON: {
    name: "Plätze für Sie",
    about: "Weitere Plätze, die nur von Hand gestartete Downloads belegen dürfen, keine automatischen.",
  },
  MAM_WEDGE_FROM_GIB: {
    name: "Wedge ab Größe",
    about: "Für jeden Download ab dieser Größe in GiB einen Freeleech-Wedge ausgeben; 0: nie.",
  },
  MAM_WEDGES_KEPT: { name: "Behaltene Wedges", about: "So viele Wedges werden nie ausgegeben." },
  MAM_WEDGES_PER_DAY: { name: "Wedges am Tag", about: "So viele Wedges werden an einem Tag (UTC) höchstens ausgegeben." },
  MAM_RENEW_VIP: {
    name: "VIP verlängern",
    about: "Den VIP-Status mit Bonuspunkten verlängern, wenn er in den nächsten sieben Tagen endet.",
  },
  MAM_UPLOAD_CREDIT_GB: {
    name: "Upload-Guthaben kaufen",
    about: "So viel Upload-Guthaben (mindestens 50 GB) auf einmal kaufen, wenn es nötig ist; 0: nie.",
  },
  MAM_UPLOAD_CREDIT_BELOW_GIB: {
    name: "Upload-Guthaben kaufen unter",
    about: "Upload-Guthaben kaufen, solange weniger GiB als dies bis zu MAM_MIN_RATIO heruntergeladen werden können.",
  },
  MAM_POINTS_KEPT: { name: "Behaltene Bonuspunkte", about: "So viele Bonuspunkte werden nie ausgegeben." },
  CHROMIUM_PATH: { name: "Pfad von Chromium", about: "Der Pfad von Chromium; leer: das installierte." },
  CHROMIUM_SANDBOX: {
    name: "Sandbox von Chromium",
    about: "Ist dies aus, läuft Chromium ohne seine Sandbox. Das ist nur nötig, wo das System keine User Namespaces erlaubt.",
  },
};
