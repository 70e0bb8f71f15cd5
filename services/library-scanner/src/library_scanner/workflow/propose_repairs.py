"""Sends the changes that repair open findings to the metadata service, as proposals."""

from collections.abc import Collection
from uuid import UUID

from shared.contracts.metadata.proposals import ProposalKind, ProposeChanges

from library_scanner.domain.stored_findings import proposals_of
from library_scanner.domain.transaction import Transaction

BOOKS_PER_COMMAND = 100
KINDS = (
    ProposalKind.SERIES_READ,
    ProposalKind.PLACE_READ,
    ProposalKind.TITLE_CLEANED,
    ProposalKind.NAME_SPELLING,
    ProposalKind.PEOPLE_SWAPPED,
    ProposalKind.LANGUAGE_FOUND,
    ProposalKind.ABRIDGED_FOUND,
    ProposalKind.COVER,
)
"""The kinds of changes that the checks propose. A proposal of these kinds that no finding has any more is outdated."""


async def propose_repairs(tx: Transaction, book_ids: Collection[UUID], run_id: UUID | None = None) -> None:
    """Send every change that the open findings of these books propose."""
    ordered = sorted(book_ids)
    for start in range(0, len(ordered), BOOKS_PER_COMMAND):
        books = ordered[start : start + BOOKS_PER_COMMAND]
        changes = proposals_of(await tx.findings.of_books(books), set(books))
        tx.send(ProposeChanges(changes=changes, judged_books=books, judged_kinds=list(KINDS), run_id=run_id))
