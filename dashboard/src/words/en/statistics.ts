/** The words of the page statistics, in English. */
export const statistics = {
  unknown: "Unknown",
  title: "Statistics",
  silent: "The figures of {{service}} are missing: {{why}}",
  totals: {
    books: "Books",
    hours: "Hours to listen",
    size: "Size",
    authors: "Authors",
    series: "Series",
    imported: "Imported",
    corrections: "Corrections",
  },
  growth: {
    title: "Over time",
    books: "Owned and missing books",
    owned: "Owned",
    missing: "Missing",
    complete: "Books with complete metadata",
  },
  completeness: "Completeness",
  complete_one: "{{complete}} of {{count}} book has every field that it should have.",
  complete_other: "{{complete}} of {{count}} books have every field that they should have.",
  by: {
    formats: "Formats",
    languages: "Languages",
    missing: "Why books are missing",
    sources: "Sources of downloads",
    downloads: "Downloads",
    corrections: "Sources of corrections",
    fields: "Corrected fields",
  },
};
