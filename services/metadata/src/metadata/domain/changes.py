"""A change of one field of a book, before it is a correction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.contracts.library.books import Book
from shared.contracts.library.field_values import MANUAL, same_value
from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue
from shared.contracts.metadata.corrections import Correction
from shared.contracts.values import Confidence, Reason

GAPLESS = "gapless"
"""The author of an automatic correction."""
NAMES_THE_BOOK: frozenset[FieldName] = frozenset({"title", "authors"})
"""The fields that providers are queried with. If they change, the book is refreshed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's old and new value, the source, the confidence and the reasons."""

    field: FieldName
    old: FieldValue
    new: FieldValue
    source: str
    confidence: Confidence
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class BookChanges:
    """The changes of one book."""

    book: Book
    changes: Sequence[Change]


def field_change(made: Correction) -> FieldChange:
    """The change that the library writes for a correction."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.old, new=made.new, source=made.source)


def reversal(made: Correction) -> FieldChange:
    """The change that the library writes to undo a correction."""
    return FieldChange(correction_id=made.id, field=made.field, old=made.new, new=made.old, source=MANUAL)


def reversals(made: Iterable[Correction]) -> list[FieldChange]:
    """The changes that the library writes to undo corrections of one book.

    Corrections of one field that follow each other are undone with one change, from the newest value to the oldest.
    """
    changes: list[FieldChange] = []
    newest: dict[FieldName, FieldChange] = {}
    for each in sorted(made, key=lambda one: one.made_at, reverse=True):
        later = newest.get(each.field)
        if later is not None and same_value(each.field, each.new, later.new):
            settled = [*later.also_settles, later.correction_id]
            joined = reversal(each).model_copy(update={"old": later.old, "also_settles": settled})
            changes[changes.index(later)] = newest[each.field] = joined
        elif later is None:
            newest[each.field] = reversal(each)
            changes.append(newest[each.field])
        else:
            changes.append(reversal(each))
    return changes
