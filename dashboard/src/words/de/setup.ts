/** The words of the first steps, in German. */
export const setup = {
  title: "Erste Schritte",
  text: "Sagen Sie Gapless, wo alles ist. Jeder Schritt wird vor dem Speichern getestet. Sie können einen überspringen und wiederkommen.",
  stepsLabel: "Schritte",
  progress: { done: "Fertig", needed: "Nötig", optional: "Freiwillig" },
  testAndGo: "Testen und weiter",
  saveAnyway: "Trotzdem speichern und weiter",
  skip: "Überspringen",
  allOf: "Alle Einstellungen dazu",
  steps: {
    audiobookshelf: {
      title: "Audiobookshelf",
      text: "Der Server mit Ihren Hörbüchern. Legen Sie in seinen Einstellungen unter „API Keys“ einen Schlüssel für einen Administrator an.",
    },
    folders: {
      title: "Ordner",
      text: "Wo fertige Downloads und die Bibliothek liegen, so wie Gapless sie sieht. Der Test schreibt eine Datei und sagt, ob Bücher hart verlinkt werden können oder kopiert werden müssen.",
    },
    client: {
      title: "Download-Programm",
      text: "Das Programm, das herunterlädt und seedet. Der Test meldet sich an und sieht seinen Ordner an.",
    },
    myanonamouse: {
      title: "MyAnonamouse",
      text: "Legen Sie in den Einstellungen von MyAnonamouse unter „Security“ eine Sitzung nur für Gapless an, und erlauben Sie ihr die API. Der Test stellt eine Anfrage.",
    },
    prowlarr: {
      title: "Prowlarr",
      text: "Freiwillig: weitere Indexer, die durchsucht werden, wenn MyAnonamouse ein Buch nicht hat.",
    },
    providers: {
      title: "Metadaten",
      text: "Woher Titel, Reihen, Sprecher und Titelbilder kommen. Audible braucht kein Konto; Hardcover und Google Books wissen mit einem Schlüssel mehr.",
    },
    ready: {
      title: "Erster Durchlauf",
      text: "Gapless liest Ihre Bibliothek ein und vergleicht dann jede Reihe mit dem, was es gibt. Sie können diese Seite verlassen; es geht weiter.",
    },
  },
  waits: "{{service}} wartet noch auf {{settings}}.",
  starting: "Audiobookshelf wird verbunden…",
  noScan: "Das Einlesen beginnt, sobald Audiobookshelf verbunden ist.",
  scanning: "Die Bibliothek wird eingelesen. Bisher gefunden:",
  scanned: "Die Bibliothek ist eingelesen. Gefunden:",
  scanFailed: "Das Einlesen ist fehlgeschlagen. Bisher gefunden:",
  scanAgain: "Noch einmal einlesen",
  books_one: "{{count}} Buch",
  books_other: "{{count}} Bücher",
  series_one: "{{count}} Reihe",
  series_other: "{{count}} Reihen",
  toHome: "Zur Startseite",
};
