/** What can be decided about an import, in German. A choice without a text here names a book, so it stays that of the
 * service. */
export const choices: Record<string, string> = {
  import: "Diese Dateien trotzdem als dieses Buch importieren",
  reject: "Das Release sperren und ein anderes suchen",
  beside: "Das Buch in einen eigenen Ordner legen, mit einer Zahl hinter dem Titel",
  stop: "Diese Dateien nicht importieren; sie bleiben, wo sie sind",
  ignore: "Nicht importieren und nicht wieder fragen",
  retry: "Noch einmal versuchen, nachdem Sie die vorhandenen Dateien verschoben oder entfernt haben",
};
