"""Proposals: changes of single fields of books that are plausible but not decided."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, Confidence, Moment, Number, Reason, RunId, Words


class ProposalKind(StrEnum):
    """What led to a proposal: an entry of a provider, or a reading of what the library contains already."""

    PROVIDER_VALUE = "provider_value"
    SERIES_READ = "series_read"
    PLACE_READ = "place_read"
    TITLE_CLEANED = "title_cleaned"
    NAME_SPELLING = "name_spelling"
    PEOPLE_SWAPPED = "people_swapped"
    LANGUAGE_FOUND = "language_found"
    ABRIDGED_FOUND = "abridged_found"
    COVER = "cover"
    CHAPTERS = "chapters"
    GENRE_MAPPED = "genre_mapped"


OWN_READINGS = frozenset(
    {
        ProposalKind.SERIES_READ,
        ProposalKind.PLACE_READ,
        ProposalKind.TITLE_CLEANED,
        ProposalKind.NAME_SPELLING,
        ProposalKind.PEOPLE_SWAPPED,
        ProposalKind.LANGUAGE_FOUND,
        ProposalKind.ABRIDGED_FOUND,
        ProposalKind.GENRE_MAPPED,
    }
)
"""The kinds that Gapless reads from the library alone. `OWN_READINGS_ACCEPT_SCORE` applies to them."""


class ProposalStatus(StrEnum):
    """The state of a proposal. An outdated one no longer applies, because the book or the evidence changed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OUTDATED = "outdated"


Score = Annotated[float, Field(ge=0, le=1, description="how likely the proposal is right, from 0 to 1")]


class ProposedChange(Model):
    """The change of one field of one book that is proposed."""

    book_id: BookId
    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")
    kind: ProposalKind
    source: str = Field(description="name of a provider in capitals, or what was read, such as TEXTS")
    confidence: Confidence
    score: Score
    reasons: list[Reason] = []
    finding_id: UUID | None = None


class Proposal(ProposedChange):
    """A proposed change with its state. `correction_id` is the correction that was made when it was accepted."""

    id: UUID
    book_title: str
    run_id: UUID | None = None
    status: ProposalStatus
    status_detail: str | None = Field(None, description="why it is outdated")
    translatable: Translatables = {}
    correction_id: UUID | None = None
    made_at: Moment
    decided_at: Moment | None = None
    decided_by: str | None = None


class ProposeChanges(Command):
    """Propose changes of books.

    A change replaces the open proposal of the same book, field and kind. It is ignored if its new value was declined or
    undone before, if the field has the value already, or if a person set or locked the field. Every other open proposal
    of `judged_books` with one of `judged_kinds` becomes outdated.
    """

    subject: ClassVar[str] = "cmd.metadata.propose_changes"
    changes: list[ProposedChange] = Field([], max_length=500)
    judged_books: list[BookId] = Field([], max_length=500)
    judged_kinds: list[ProposalKind] = []
    run_id: RunId | None = None


class ProposalFilter(Model):
    """Which proposals. All given conditions must hold."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        json_schema_extra={"examples": [{"kind": "series_read", "score_at_least": 0.97}]},
    )

    kind: ProposalKind | None = None
    source: Words | None = Field(None, examples=["AUDIBLE"])
    field: FieldName | None = None
    confidence_at_least: Confidence | None = None
    score_at_least: Number | None = Field(None, ge=0, le=1)
    book_id: UUID | None = None
    run_id: UUID | None = None
    finding_id: UUID | None = None


class ListProposals(Request[Page[Proposal]]):
    """List proposals, newest first by default. Sort by made_at, book_title, field, kind, source or score."""

    subject: ClassVar[str] = "rpc.metadata.list_proposals"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-made_at"
    status: ProposalStatus | None = ProposalStatus.OPEN
    kind: ProposalKind | None = None
    source: Words | None = Field(None, examples=["AUDIBLE"])
    field: FieldName | None = None
    confidence_at_least: Confidence | None = None
    score_at_least: float | None = Field(None, ge=0, le=1)
    book_id: UUID | None = None
    run_id: UUID | None = None
    finding_id: UUID | None = None

    def matching(self) -> ProposalFilter:
        """The conditions without the status."""
        return ProposalFilter.model_validate(self.model_dump(include=set(ProposalFilter.model_fields)))


class ProposalSelection(Model):
    """Proposals to accept, decline or reopen: either by their ids, or all that match a filter."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"filter": {"kind": "series_read", "score_at_least": 0.97}},
                {"ids": ["5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"]},
            ]
        }
    )

    ids: list[UUID] | None = Field(None, min_length=1, max_length=500)
    filter: ProposalFilter | None = Field(
        None, description="{} selects every open proposal, or to reopen, every declined one"
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("give either `ids` or `filter`")
        return self


class SkippedProposal(Model):
    """A selected proposal that was not decided, and why."""

    id: UUID
    book_title: str | None = None
    field: FieldName | None = None
    why: str
    translatable: Translatables = {}


class ProposalsDecided(Model):
    """The result of accepting, declining or reopening proposals."""

    decided: int = Field(description="proposals that were accepted, declined or reopened")
    proposal_ids: list[UUID] = Field([], description="the first 500 of them")
    by_field: dict[str, int] = Field({}, description="the decided proposals by field")
    correction_ids: list[UUID] = Field(
        [], description="the corrections that were made, at most 500; undoing them undoes the decision"
    )
    skipped: int = Field(0, description="selected proposals that were not decided")
    skipped_items: list[SkippedProposal] = Field([], description="the first 500 of them, each with the reason")
    remaining: int = Field(
        0,
        description="proposals that match the filter and are left: at most 5,000 are decided in one request",
    )


class AcceptProposals(Request[ProposalsDecided]):
    """Accept proposals: each becomes a correction and is written to Audiobookshelf.

    A proposal whose book or field changed since, or whose field is locked, becomes outdated and is skipped.
    """

    subject: ClassVar[str] = "rpc.metadata.accept_proposals"
    timeout_seconds: ClassVar[float] = 60.0
    selection: ProposalSelection
    decided_by: str = Field(description="name of the API key that made the request")


class DeclineProposals(Request[ProposalsDecided]):
    """Decline proposals. The same value is not proposed again for this field of the book."""

    subject: ClassVar[str] = "rpc.metadata.decline_proposals"
    timeout_seconds: ClassVar[float] = 60.0
    selection: ProposalSelection
    decided_by: str = Field(description="name of the API key that made the request")


class ReopenProposals(Request[ProposalsDecided]):
    """Undo declining proposals: they are open again. Skipped if there is another open one of the kind for the field."""

    subject: ClassVar[str] = "rpc.metadata.reopen_proposals"
    timeout_seconds: ClassVar[float] = 60.0
    selection: ProposalSelection
    decided_by: str = Field(description="name of the API key that made the request")
