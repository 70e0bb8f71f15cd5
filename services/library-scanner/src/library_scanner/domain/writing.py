"""Which of the changes asked for may be written to a book as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from shared.contracts.library.books import FieldChange, FieldName, FieldValue, MetadataTakenAlong

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.fields import MANUAL, is_empty, same_value, shown


class UnwritableValue(ValueError):
    """A value that must not be sent to Audiobookshelf; the words say which and why."""


@dataclass(slots=True)
class Judged:
    """Changes parted: to be written, there already, and refused with the reason in words."""

    to_write: list[FieldChange] = field(default_factory=list)
    there: list[FieldChange] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)


def judge_changes(fresh: StoredBook, changes: Iterable[FieldChange], *, by_person: bool) -> Judged:
    """Part the changes by the book as Audiobookshelf has it now; `fresh` knows which fields a person set."""
    judged = Judged()
    values = fresh.values()
    for change in changes:
        now = values[change.field]
        if same_value(change.field, change.new, now):
            judged.there.append(change)
        elif not _is_as_told(change, now, fresh):
            judged.refused[change.correction_id] = (
                f"{change.field} is {shown(now)!r} now, not {shown(change.old)!r}: somebody was faster"
            )
        elif fresh.book.metadata_source.get(change.field) == MANUAL and not by_person:
            judged.refused[change.correction_id] = f"a person set {change.field}; a machine does not change it"
        else:
            judged.to_write.append(change)
    return judged


def fills(fresh: StoredBook, taken_along: MetadataTakenAlong) -> dict[FieldName, FieldValue]:
    """Of what was learnt with a release, what fills fields that are empty and that no person emptied."""
    offered: dict[FieldName, FieldValue] = {
        "authors": taken_along.authors,
        "narrators": taken_along.narrators,
        "series": [place for place in taken_along.series if place.name.strip()],
        "asin": taken_along.asin,
        "isbn": taken_along.isbn,
        "language": taken_along.language,
        "publisher": taken_along.publisher,
        "published_year": taken_along.published_year,
    }
    values = fresh.values()
    return {
        name: value
        for name, value in offered.items()
        if not is_empty(value) and is_empty(values[name]) and fresh.book.metadata_source.get(name) != MANUAL
    }


def _is_as_told(change: FieldChange, now: FieldValue, fresh: StoredBook) -> bool:
    """A series read from the book's texts counts as told too: that is what the book was shown with."""
    if same_value(change.field, change.old, now):
        return True
    return change.field == "series" and same_value("series", change.old, list(fresh.book.series))
