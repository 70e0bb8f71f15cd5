/** The words of the page statistics, in German. */
export const statistics = {
  unknown: "Unbekannt",
  title: "Statistik",
  silent: "Die Zahlen von {{service}} fehlen: {{why}}",
  totals: {
    books: "Bücher",
    hours: "Stunden zum Hören",
    size: "Größe",
    authors: "Autoren",
    series: "Reihen",
    imported: "Importiert",
    corrections: "Korrekturen",
  },
  growth: {
    title: "Verlauf",
    books: "Vorhandene und fehlende Bücher",
    owned: "Vorhanden",
    missing: "Fehlend",
    complete: "Bücher mit vollständigen Metadaten",
  },
  completeness: "Vollständigkeit",
  complete_one: "{{complete}} von {{count}} Buch hat jedes Feld, das es haben sollte.",
  complete_other: "{{complete}} von {{count}} Büchern haben jedes Feld, das sie haben sollten.",
  by: {
    formats: "Formate",
    languages: "Sprachen",
    missing: "Warum Bücher fehlen",
    sources: "Quellen der Downloads",
    downloads: "Downloads",
    corrections: "Quellen der Korrekturen",
    fields: "Korrigierte Felder",
  },
};
