/** The words of the first steps, in English. */
export const setup = {
  title: "First steps",
  text: "Tell Gapless where everything is. Each step is tested before it is saved. You can skip one and come back.",
  stepsLabel: "Steps",
  progress: { done: "Done", needed: "Needed", optional: "Optional" },
  testAndGo: "Test and continue",
  saveAnyway: "Save anyway and continue",
  skip: "Skip",
  allOf: "All settings of this kind",
  steps: {
    audiobookshelf: {
      title: "Audiobookshelf",
      text: "The server that has your audiobooks. Create an API key for an administrator in its settings, under API Keys.",
    },
    folders: {
      title: "Folders",
      text: "Where finished downloads and the library are, as Gapless sees them. The test writes one file, and says whether books can be hardlinked or have to be copied.",
    },
    client: {
      title: "Download client",
      text: "The program that downloads and seeds. The test signs in, and looks at its folder.",
    },
    myanonamouse: {
      title: "MyAnonamouse",
      text: "Create a session only for Gapless in the preferences of MyAnonamouse, under Security, and allow it to use the API. The test sends one request.",
    },
    prowlarr: {
      title: "Prowlarr",
      text: "Optional: other indexers, searched when MyAnonamouse lacks a book.",
    },
    providers: {
      title: "Metadata",
      text: "Where titles, series, narrators and covers come from. Audible needs no account; Hardcover and Google Books know more with a key.",
    },
    ready: {
      title: "First scan",
      text: "Gapless reads your library, then compares each series with what exists. You can leave this page; it goes on.",
    },
  },
  waits: "{{service}} still waits for {{settings}}.",
  starting: "Audiobookshelf is being connected…",
  noScan: "The scan starts as soon as Audiobookshelf is connected.",
  scanning: "The library is being scanned. Found so far:",
  scanned: "The library is scanned. Found:",
  scanFailed: "The scan failed. Found so far:",
  scanAgain: "Scan again",
  books_one: "{{count}} book",
  books_other: "{{count}} books",
  series_one: "{{count}} series",
  series_other: "{{count}} series",
  toHome: "Go to the start page",
};
