"""Which of the changes asked for may be written to a book as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.fields import MANUAL, is_empty, same_value, shown


class UnwritableValue(ValueError):
    """A value that must not be sent to Audiobookshelf; the words say which and why."""


def why_unwritable(name: FieldName, value: FieldValue) -> str | None:
    """Why a value must not be sent for a field, or None when it may."""
    if name == "series":
        places = value or []
        fine = not isinstance(value, str) and all(
            isinstance(each, SeriesPlace) and each.name.strip() for each in places
        )
        return None if fine else "series has to be a list of series, each with a name"
    if name in ("authors", "narrators", "genres"):
        fine = not isinstance(value, str) and all(isinstance(each, str) and each.strip() for each in value or [])
        return None if fine else f"{name} has to be a list of names, none of them empty"
    if value is not None and not isinstance(value, str):
        return f"{name} has to be a text, not a list"
    return "title cannot be empty" if name == "title" and not (value or "").strip() else None


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
        unwritable = why_unwritable(change.field, change.new)
        if unwritable is not None:
            judged.refused[change.correction_id] = unwritable
        elif same_value(change.field, change.new, now):
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


def taken(change: FieldChange, after: StoredBook) -> bool:
    """Whether a change stands in the book after it was written. Audiobookshelf cleans a description's HTML."""
    value = after.values()[change.field]
    if change.field == "description":
        return is_empty(value) == is_empty(change.new)
    return same_value(change.field, change.new, value)


def _is_as_told(change: FieldChange, now: FieldValue, fresh: StoredBook) -> bool:
    """A series read from the book's texts counts as told too: that is what the book was shown with."""
    if same_value(change.field, change.old, now):
        return True
    return change.field == "series" and same_value("series", change.old, list(fresh.book.series))
