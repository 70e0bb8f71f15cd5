"""A change of one field of a book, before it is a correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.library.books import Book
from shared.contracts.library.field_values import MANUAL
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
