"""Finds who reads a series, and which of its missing volumes the same narrator has read."""

from collections.abc import Sequence
from uuid import UUID

from shared.books.series.sequence import sort_key
from shared.books.text.names import same_people
from shared.contracts.library.books import Book
from shared.contracts.library.series_narrators import SeriesNarrator, SeriesNarrators, UnownedVolume
from shared.contracts.library.work_lists import EntryState, ListEntry

_UNOWNED = (EntryState.MISSING, EntryState.UPCOMING)


def narrators_of(
    series_id: UUID, books: Sequence[tuple[Book, str | None]], entries: Sequence[ListEntry]
) -> SeriesNarrators:
    """Return the narrators of the owned `books` with their places, and the unowned works of `entries`."""
    in_order = sorted(books, key=lambda each: (each[1] is None, sort_key(each[1]), each[0].title))
    found: list[SeriesNarrator] = []
    for book, place in in_order:
        for name in book.narrators:
            known = next((each for each in found if same_people([each.name], [name])), None)
            if known is None:
                known = SeriesNarrator(name=name, books=[])
                found.append(known)
            if book.id not in known.books:
                known.books.append(book.id)
                known.places += [place] if place else []
    ranked = sorted(found, key=lambda each: -len(each.books))
    main = ranked[0].name if ranked else None
    return SeriesNarrators(
        series_id=series_id,
        main_narrator=main,
        narrators=ranked,
        books_without_narrator=[book.id for book, _ in in_order if not book.narrators],
        unowned=[_volume(entry, main) for entry in entries if entry.state in _UNOWNED],
    )


def _volume(entry: ListEntry, main: str | None) -> UnownedVolume:
    by_main = [each for each in entry.editions if main is not None and same_people(each.narrators, [main])]
    return UnownedVolume(
        entry_id=entry.id,
        missing_book_id=entry.missing_book_id,
        title=entry.title,
        place=entry.place,
        state=entry.state,
        same_narrator=bool(by_main) if entry.editions and main is not None else None,
        by_main_narrator=by_main,
        by_others=[each for each in entry.editions if each not in by_main],
    )
