"""What a check finds: the problem, its evidence, and the changes that would repair it."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.field_values import same_value, set_by_person, stored_value
from shared.contracts.library.findings import FindingKind
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import Reason

MAX_BOOKS_NAMED = 50
MAX_REASONS = 8
TEXTS = "TEXTS"
"""The source of a change that was read from the texts of the library."""
PROPOSE_FROM = 0.7
"""The lowest score of a repair that is proposed. Anything less sure is only a finding."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of one field that would repair a finding, with its score (0 to 1)."""

    book_id: UUID
    field: FieldName
    old: FieldValue
    new: FieldValue
    kind: str
    score: float
    reasons: tuple[Reason, ...]
    source: str = TEXTS


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong.

    `subject` identifies it together with the kind, and defaults to the books. `facts` are the values that make it
    wrong: an ignored finding opens again only if they change.
    """

    kind: FindingKind
    book_ids: tuple[UUID, ...]
    words: str
    facts: tuple[str, ...]
    evidence: tuple[Reason, ...] = ()
    subject: str = ""
    repairs: tuple[Repair, ...] = ()

    @property
    def key(self) -> str:
        """The identity of the finding: the same problem has the same key in every check."""
        subject = self.subject or ",".join(sorted(str(each) for each in self.book_ids))
        return f"{self.kind}:{_digest(subject)}"

    @property
    def fingerprint(self) -> str:
        """A digest of the facts."""
        return _digest("\n".join(self.facts))


def repair(
    book: Book, field: FieldName, new: FieldValue, kind: str, score: float, *reasons: Reason, source: str = TEXTS
) -> tuple[Repair, ...]:
    """Return the repair of a field, or nothing if it is too unsure, changes nothing, or a person set the field."""
    old = stored_value(book, field)
    if score < PROPOSE_FROM or same_value(field, old, new) or set_by_person(book, field):
        return ()
    return (Repair(book.id, field, old, new, kind, round(score, 3), reasons[:MAX_REASONS], source),)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
