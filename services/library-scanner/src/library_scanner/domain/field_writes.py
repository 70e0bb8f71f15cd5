"""Which of the requested changes may be written to a book."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from shared.contracts.library.field_values import (
    MARKS,
    display_text,
    names_in,
    places_in,
    same_value,
    set_by_person,
)
from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue
from shared.translatable import translatable

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.fields import same_in_abs, was_stored
from library_scanner.domain.item import Item


class UnwritableValue(ValueError):
    """A value that must not be sent to Audiobookshelf. The message says which and why."""


class WritableItems(Protocol):
    """The items of Audiobookshelf. Every method raises subclasses of `RemoteError`."""

    async def item(self, abs_id: str) -> Item | None:
        """Return one item, or None if Audiobookshelf does not have it."""
        ...

    async def write(self, abs_id: str, values: Mapping[FieldName, FieldValue]) -> Item:
        """Set fields of an item, and return the item as it is then.

        Raises `UnwritableValue` before anything is sent.
        """
        ...


def why_unwritable(name: FieldName, value: FieldValue) -> str | None:
    """Return why a value must not be sent for a field, or None if it may."""
    if name == "series":
        fine = _is_list_of([each.name for each in places_in(value)], value)
        return None if fine else "series must be a list of series, each with a name"
    if name in ("authors", "narrators", "genres", "tags"):
        fine = _is_list_of(names_in(value), value)
        return None if fine else f"{name} must be a list of names, none of them empty"
    if name in MARKS:
        return None if isinstance(value, bool | None) else f"{name} must be true or false"
    if value is not None and not isinstance(value, str):
        return f"{name} must be a text"
    return "title cannot be empty" if name == "title" and not clean_text(value) else None


def clean_text(text: str | None) -> str | None:
    """Return a text without surrounding spaces and without characters that cannot be sent; None if nothing is left."""
    return (text or "").replace("\x00", "").encode(errors="ignore").decode().strip() or None


@dataclass(slots=True)
class JudgedChanges:
    """Changes by result: to be written, already set, and refused with the reason.

    `before` are the values of all fields before the write. `abandoned` are changes that were refused while they were
    written.
    """

    before: Mapping[FieldName, FieldValue]
    to_write: list[FieldChange] = field(default_factory=list)
    already_set: list[FieldChange] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)
    abandoned: list[FieldChange] = field(default_factory=list)

    def abandon(self, change: FieldChange, why: str) -> None:
        """Refuse a change that was to be written."""
        self.to_write.remove(change)
        self.abandoned.append(change)
        self.refused |= dict.fromkeys(change.settled_ids, why)


def judge_changes(fresh: StoredBook, changes: Iterable[FieldChange], *, by_person: bool) -> JudgedChanges:
    """Decide on each change from the current state of the book in Audiobookshelf, `fresh`."""
    values = fresh.values()
    judged = JudgedChanges(values)
    for change in changes:
        why = None
        now = values[change.field]
        unwritable = why_unwritable(change.field, change.new)
        if unwritable is not None:
            why = unwritable
        elif same_value(change.field, change.new, now):
            judged.already_set.append(change)
        elif not _old_value_matches(change, now, fresh):
            why = _changed_meanwhile(change, now)
        elif set_by_person(fresh.book, change.field) and not by_person:
            words = f"a person set or locked {change.field}, so it is not changed automatically"
            why = translatable("change.locked", words, field=change.field)
        else:
            judged.to_write.append(change)
        if why is not None:
            judged.refused |= dict.fromkeys(change.settled_ids, why)
    return judged


def _changed_meanwhile(change: FieldChange, value: FieldValue) -> str:
    now, old = display_text(value), display_text(change.old)
    words = f"{change.field} was changed meanwhile: it is {now!r}, not {old!r}"
    return translatable("change.changed_meanwhile", words, field=change.field, now=now, old=old)


def written_changes(judged: JudgedChanges, after: StoredBook) -> list[FieldChange]:
    """Return the changes that Audiobookshelf accepted; `after` is the book after the write."""
    values = after.values()
    return [
        change
        for change in judged.to_write
        if was_stored(change.field, change.new, before=judged.before[change.field], after=values[change.field])
    ]


def _is_list_of(names: Sequence[str], value: FieldValue) -> bool:
    """Whether a value is a list of what these names are of, none of them empty. None is the empty list."""
    return value is None or (isinstance(value, list) and len(names) == len(value) and all(map(clean_text, names)))


def _old_value_matches(change: FieldChange, now: FieldValue, fresh: StoredBook) -> bool:
    """A series read from the book's texts matches too, because the book was shown with it."""
    if same_in_abs(change.field, change.old, now):
        return True
    return change.field == "series" and same_in_abs("series", change.old, list(fresh.book.series))
