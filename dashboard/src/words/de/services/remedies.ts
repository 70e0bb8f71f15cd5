import type { Schema } from "../../../api/client";

/** What to do about each kind of finding, in German. */
export const remedies: Record<Schema["FindingKind"], string> = {
  files_missing:
    "Prüfen Sie, ob alle Platten eingehängt sind. Sind die Dateien für immer fort, entfernen Sie in Audiobookshelf die Einträge mit Problemen.",
  books_gone: "Entscheiden Sie unter „Gesucht“ über jedes Buch: wieder suchen oder ignorieren.",
  folder_shown_twice:
    "Lassen Sie Audiobookshelf die Bibliothek einlesen und entfernen Sie dann die Einträge mit Problemen; in sie werden keine Metadaten geschrieben.",
  several_books_in_one_item:
    "Legen Sie jedes Buch in einen eigenen Ordner außerhalb der Ordner anderer Bücher und lassen Sie dann Audiobookshelf einlesen.",
  book_inside_book:
    "Verschieben Sie das innere Buch aus dem Ordner des anderen Buches und lassen Sie dann Audiobookshelf einlesen.",
  same_book_twice: "Behalten Sie die bessere Kopie und entfernen Sie den anderen Eintrag in Audiobookshelf.",
  series_read: "Nehmen Sie den Befund an, oder berichtigen Sie das Feld in Audiobookshelf.",
  series_without_place:
    "Nehmen Sie den Befund an, oder berichtigen Sie das Feld in Audiobookshelf. Eine Nummer, die kein Text nennt, müssen Sie eintragen.",
  place_twice: "Berichtigen Sie die Nummer des falschen Buches in Audiobookshelf.",
  place_contradicted:
    "Vergleichen Sie mit dem Anbieter: Nehmen Sie seinen Vorschlag an, berichtigen Sie die Nummer, oder sperren Sie das Feld „Reihe“ des Buches.",
  series_names:
    "Nehmen Sie den Befund an, damit alle Bücher einen Namen bekommen, oder benennen Sie die Reihe in Audiobookshelf um.",
  author_spellings:
    "Nehmen Sie den Befund an, damit alle Bücher eine Schreibweise bekommen, oder führen Sie die Autoren in Audiobookshelf zusammen.",
  narrator_as_author: "Nehmen Sie den Befund an, oder berichtigen Sie das Feld in Audiobookshelf.",
  title_polluted: "Nehmen Sie den Befund an, oder berichtigen Sie das Feld in Audiobookshelf.",
  no_cover: "Frischen Sie die Metadaten des Buches auf, oder laden Sie in Audiobookshelf ein Titelbild hoch.",
  tiny_cover: "Nehmen Sie den Befund an, wenn er einen Vorschlag hat, oder laden Sie in Audiobookshelf ein größeres Titelbild hoch.",
  no_language: "Tragen Sie die Sprache in Audiobookshelf ein, oder frischen Sie die Metadaten des Buches auf.",
  wrong_language:
    "Nehmen Sie den Befund an, wenn er einen Vorschlag hat, oder berichtigen Sie die Sprache in Audiobookshelf, oder die ASIN, wenn sie zu einer anderen Ausgabe gehört.",
  duration_far: "Prüfen Sie, ob alle Dateien da sind und ob die ASIN zu dieser Aufnahme gehört.",
  abridged_unmarked: "Nehmen Sie den Befund an, wenn er einen Vorschlag hat, oder kennzeichnen Sie das Buch in Audiobookshelf als gekürzt.",
};
