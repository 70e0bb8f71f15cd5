"""Proposed changes: when they apply to a book, and how they are stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.field_values import display_text, same_value, set_by_person, stored_value
from shared.contracts.metadata.proposals import (
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalKind,
    ProposalStatus,
    ProposedChange,
)
from shared.contracts.page import Page
from shared.contracts.values import Confidence
from shared.translatable import translatable

from metadata.domain.change_words import shown_value
from metadata.domain.changes import Change

CONFIDENCE_ORDER = list(Confidence)
"""From the surest to the least sure."""


class ProposalStore(Protocol):
    """The proposals, within one transaction."""

    async def propose(
        self, changes: Sequence[ProposedChange], titles: Mapping[UUID, str], now: datetime, run_id: UUID | None = None
    ) -> list[Proposal]:
        """Open proposals, or replace the open ones of the same book, field and kind. Return them.

        A value that was declined before is left out. `titles` are the titles of the books.
        """
        ...

    async def new_among(self, changes: Sequence[ProposedChange]) -> list[ProposedChange]:
        """The changes that `propose` would open: they were not declined and are not open already."""
        ...

    async def outdate_others(
        self, books: Sequence[UUID], kinds: Sequence[ProposalKind], still_open: Sequence[UUID], now: datetime
    ) -> None:
        """Mark every other open proposal of these books and kinds as outdated."""
        ...

    async def outdate_of_book(self, book_id: UUID, kinds: Sequence[ProposalKind], why: str, now: datetime) -> None:
        """Mark the open proposals of a book and of these kinds as outdated."""
        ...

    async def outdate(self, reasons: Mapping[UUID, str], now: datetime) -> None:
        """Mark open proposals as outdated, each with its reason."""
        ...

    async def outdate_written(self, correction_ids: Sequence[UUID], now: datetime) -> None:
        """Mark the open proposals for the fields of these corrections as outdated."""
        ...

    async def after(
        self, last: Proposal | None, status: ProposalStatus, matching: ProposalFilter, at_most: int
    ) -> list[Proposal]:
        """The proposals of this status that match and follow `last`, ordered by book, field, kind and id."""
        ...

    async def by_ids(self, ids: Sequence[UUID]) -> list[Proposal]:
        """These proposals, whatever their status, ordered by book, field and kind."""
        ...

    async def lock_open(self, ids: Sequence[UUID]) -> list[Proposal]:
        """Those of these proposals that are still open, with their rows locked."""
        ...

    async def accept(self, corrections: Mapping[UUID, UUID], by: str, now: datetime) -> None:
        """Mark open proposals as accepted. `corrections` are their corrections, by the id of the proposal."""
        ...

    async def decline(self, ids: Sequence[UUID], by: str, now: datetime) -> None:
        """Mark open proposals as declined."""
        ...

    async def reopen(self, ids: Sequence[UUID]) -> list[UUID]:
        """Mark declined proposals as open, and return their ids.

        One is left out if another one of its kind is open for the field, or was declined later and is reopened.
        """
        ...

    async def count(self, status: ProposalStatus, matching: ProposalFilter) -> int:
        """The number of proposals of this status that match."""
        ...

    async def page(self, request: ListProposals) -> Page[Proposal]:
        """A page of proposals. Raises `UnknownSort`."""
        ...


def why_not_applicable(book: Book | None, proposed: ProposedChange) -> str | None:
    """Return why a proposal does not apply to the book as it is now, or None if it does."""
    if book is None or book.status is BookStatus.ARCHIVED:
        return translatable("change.book_gone", "the book is no longer in the library")
    field = proposed.field
    if set_by_person(book, field):
        words = f"a person set or locked {field}, so it is not changed automatically"
        return translatable("change.locked", words, field=field)
    now = stored_value(book, field)
    if same_value(field, now, proposed.new):
        return translatable("change.same_value", f"{field} has this value already", field=field)
    if not same_value(field, now, proposed.old):
        words = f"{field} was changed meanwhile: it is {display_text(now)!r}, not {display_text(proposed.old)!r}"
        present, old = shown_value(now), shown_value(proposed.old)
        return translatable("change.changed_meanwhile", words, field=field, now=present, old=old)
    return None


def change_of(proposed: ProposedChange) -> Change:
    """The change that accepting a proposal makes."""
    return Change(
        proposed.field, proposed.old, proposed.new, proposed.source, proposed.confidence, tuple(proposed.reasons)
    )


def surest_first(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Sort by confidence, then by score."""
    return sorted(proposals, key=lambda each: (CONFIDENCE_ORDER.index(each.confidence), -each.score))
