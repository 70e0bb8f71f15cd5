"""Matches: which entry of a provider a book is, and what a person decided about it."""

from typing import ClassVar, Self

from pydantic import ConfigDict, Field, model_validator

from shared.contracts.message import Event, Request
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.validation import FieldDifference
from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, Confidence, Flag, MatchDecision, Moment, Reason, Words


class Match(Model):
    """What a person decided about the identity of a book. It holds until it is replaced or deleted."""

    book_id: BookId
    book_title: str
    decision: MatchDecision
    entry: CataloguedWork | None = Field(
        None, description="the chosen entry, or the pinned edition, as it was decided; null if no provider listed it"
    )
    asin: str | None = Field(None, description="the pinned ASIN")
    isbn: str | None = Field(None, description="the pinned ISBN")
    reason: str | None = None
    decided_by: str
    decided_at: Moment


class Reading(Model):
    """A title, and authors if known, that the providers are searched for."""

    title: str
    authors: list[str] = Field([], description="empty: `title` has words of any field")


class MatchCandidate(Model):
    """A provider's entry that may be the book, and what choosing it would change."""

    entry: CataloguedWork
    confidence: Confidence
    edition: str = Field(description="how its recording relates to the book's", examples=["this edition"])
    distance: float = Field(description="of titles, authors and places in series, from 0 (the same) to 1")
    reasons: list[Reason]
    chosen: bool = Field(False, description="a person decided that the book is this entry")
    changes: list[FieldDifference] = Field(description="what choosing it would change")


class BookMatch(Model):
    """The candidates of a book, the surest first, and what a person decided."""

    book_id: BookId
    book_title: str
    confidence: Confidence = Field(
        description="of the surest candidate; HIGH if a person chose or pinned an edition, UNMATCHED if a person "
        "decided that no entry is the book"
    )
    decision: Match | None = None
    readings: list[Reading] = Field([], description="what the providers were searched for besides identifiers")
    candidates: list[MatchCandidate]
    answered: list[str] = Field([], description="the providers that answered")
    failures: dict[str, str] = Field({}, description="the providers that failed, and why")
    translatable: Translatables = {}


class GetMatch(Request[BookMatch]):
    """Get the candidates of a book from all providers, judged. Changes nothing."""

    subject: ClassVar[str] = "rpc.metadata.get_match"
    timeout_seconds: ClassVar[float] = 30.0
    book_id: BookId


class MatchChoice(Model):
    """What a person decides about a book: exactly one of `entry_id`, `asin`, `isbn` and `none`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"entry_id": "AUDIBLE:B0XXXXXXXX"},
                {"asin": "B0XXXXXXXX", "reason": "the edition that I bought"},
                {"isbn": "9780306406157"},
                {"none": True},
            ]
        }
    )

    entry_id: Words | None = Field(None, description="the id of a candidate's entry: the book is this entry")
    asin: Words | None = Field(None, description="pin the edition with this ASIN")
    isbn: Words | None = Field(None, description="pin the edition with this ISBN")
    none: Flag = Field(False, description="no entry is the book: nothing from providers is written to it")
    reason: Words | None = None

    @model_validator(mode="after")
    def _one_decision(self) -> Self:
        decided = [self.entry_id, self.asin, self.isbn, self.none or None]
        if sum(each is not None for each in decided) != 1:
            raise ValueError("give exactly one of entry_id, asin, isbn and none")
        return self


class DecideMatch(Request[Match]):
    """Store what a person decided about a book, and refresh the book. It replaces an earlier decision."""

    subject: ClassVar[str] = "rpc.metadata.decide_match"
    timeout_seconds: ClassVar[float] = 30.0
    book_id: BookId
    choice: MatchChoice
    decided_by: str = Field(description="name of the API key that made the request")


class ForgetMatch(Request[Match]):
    """Delete what a person decided about a book, and refresh the book. Returns the deleted decision."""

    subject: ClassVar[str] = "rpc.metadata.forget_match"
    book_id: BookId


class MatchDecided(Event):
    """A person decided which entry a book is, or the decision was deleted (`decision` is null)."""

    subject: ClassVar[str] = "evt.metadata.match_decided"
    book_id: BookId
    decision: MatchDecision | None = None
