"""Merges the lists of series and authors into one calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from shared.contracts.library.calendar import DAYS_AHEAD, DAYS_BACK, CalendarEntry
from shared.contracts.metadata.bibliographies import BibliographyOf

from library_scanner.domain.live_entries import StoredEntry


def calendar_of(stored: Iterable[StoredEntry]) -> list[CalendarEntry]:
    """Return each work once, in the given order. One of a series and an author names both."""
    found: list[CalendarEntry] = []
    known: dict[object, CalendarEntry] = {}
    for each in stored:
        entry = each.now()
        keys = [key for key in (entry.missing_book_id, entry.book_id, *entry.catalogue_ids) if key is not None]
        same = next((known[key] for key in keys if key in known), None)
        if same is None:
            same = _entry_of(each)
            found.append(same)
        if each.of is BibliographyOf.SERIES and same.series_id is None:
            same.series_id, same.series, same.place = each.subject_id, each.subject_name, entry.place
        elif each.of is BibliographyOf.AUTHOR:
            same.author_id = same.author_id or each.subject_id
        known |= dict.fromkeys(keys, same)
    return found


def period_of(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return the first and the last day of a calendar, by default around today."""
    if first is None:
        first = max(min(today, last or today), date.min + timedelta(days=DAYS_BACK)) - timedelta(days=DAYS_BACK)
    if last is None:
        last = min(max(today, first), date.max - timedelta(days=DAYS_AHEAD)) + timedelta(days=DAYS_AHEAD)
    return first, last


def _entry_of(stored: StoredEntry) -> CalendarEntry:
    entry = stored.now()
    assert entry.release_date is not None  # noqa: S101 - the calendar selects by it
    narrators = dict.fromkeys(name for edition in entry.editions for name in edition.narrators)
    return CalendarEntry(
        id=entry.id,
        date=entry.release_date,
        title=entry.title,
        authors=entry.authors,
        narrators=list(narrators),
        place=entry.place,
        state=entry.state,
        why=entry.why,
        book_id=entry.book_id,
        missing_book_id=entry.missing_book_id,
    )
