"""Lists, accepts and declines proposals."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from shared.chassis.clock import Clock
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    DeclineProposals,
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalsDecided,
    ProposalSelection,
    ProposalStatus,
    SkippedProposal,
)
from shared.contracts.page import Page

from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions
from metadata.workflow.proposals import Acceptance, accept

AT_A_TIME = 500
"""Proposals decided in one transaction."""
AT_MOST = 5_000
"""Proposals decided in one request."""
MAX_LISTED = 500
"""Skipped proposals, and corrections, that an answer lists."""


class ProposalHandlers:
    """Answers `ListProposals`, `AcceptProposals` and `DeclineProposals`."""

    def __init__(self, transaction: Transactions, library: Library, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock

    async def list_proposals(self, request: ListProposals) -> Page[Proposal]:
        """A page of proposals. Raises `UnknownSort`."""
        async with self._transaction() as tx:
            return await tx.proposals.page(request)

    async def accept(self, request: AcceptProposals) -> ProposalsDecided:
        """Make corrections of the selected proposals. Raises `ServiceUnavailable` while the library is unavailable."""
        answer = _Answer()
        async for some in self._selected(request.selection, answer):
            books = {book.id: book for book in await self._library.books_by_id(_books_of(some))}
            async with self._transaction() as tx:
                still_open = await tx.proposals.lock_open([each.id for each in some])
                answer.add(some, await accept(tx, still_open, books, request.decided_by, self._clock.now()))
        return await self._finished(request.selection, answer)

    async def decline(self, request: DeclineProposals) -> ProposalsDecided:
        """Decline the selected proposals. The same values are not proposed again."""
        answer = _Answer()
        async for some in self._selected(request.selection, answer):
            async with self._transaction() as tx:
                still_open = await tx.proposals.lock_open([each.id for each in some])
                await tx.proposals.decline([each.id for each in still_open], request.decided_by, self._clock.now())
            answer.add(some, Acceptance(accepted=still_open))
        return await self._finished(request.selection, answer)

    async def _selected(self, selection: ProposalSelection, answer: "_Answer") -> AsyncIterator[list[Proposal]]:
        """The selected open proposals in parts. Ids that are unknown or decided already are skipped in the answer."""
        if selection.ids is not None:
            async with self._transaction() as tx:
                found = {each.id: each for each in await tx.proposals.by_ids(selection.ids)}
            for each in dict.fromkeys(selection.ids):
                if each not in found:
                    answer.skip(SkippedProposal(id=each, why="there is no proposal with this id"))
                elif found[each].status is not ProposalStatus.OPEN:
                    answer.skip(_skipped(found[each], f"it is {found[each].status.value} already"))
            some = [each for each in found.values() if each.status is ProposalStatus.OPEN]
            if some:
                yield some
            return
        matching = selection.filter or ProposalFilter()
        last: Proposal | None = None
        for _ in range(AT_MOST // AT_A_TIME):
            async with self._transaction() as tx:
                some = await tx.proposals.open_after(last, matching, AT_A_TIME)
            if not some:
                return
            yield some
            last = some[-1]

    async def _finished(self, selection: ProposalSelection, answer: "_Answer") -> ProposalsDecided:
        remaining = 0
        if selection.filter is not None:
            async with self._transaction() as tx:
                remaining = await tx.proposals.count_open(selection.filter)
        return ProposalsDecided(
            decided=sum(answer.by_field.values()),
            by_field=dict(answer.by_field),
            correction_ids=answer.correction_ids[:MAX_LISTED],
            skipped=answer.skipped,
            skipped_items=answer.listed,
            remaining=remaining,
        )


class _Answer:
    """Counts what was decided."""

    def __init__(self) -> None:
        self.by_field: Counter[str] = Counter()
        self.correction_ids: list[UUID] = []
        self.skipped = 0
        self.listed: list[SkippedProposal] = []

    def skip(self, item: SkippedProposal) -> None:
        """Count and list a skipped proposal."""
        self.skipped += 1
        if len(self.listed) < MAX_LISTED:
            self.listed.append(item)

    def add(self, selected: Sequence[Proposal], result: Acceptance) -> None:
        """Count the result of one part. A selected proposal without a result was decided meanwhile."""
        self.by_field.update(each.field for each in result.accepted)
        self.correction_ids += result.correction_ids
        judged = {each.id for each in result.accepted}
        for each, why in result.skipped:
            judged.add(each.id)
            self.skip(_skipped(each, why))
        for each in selected:
            if each.id not in judged:
                self.skip(_skipped(each, "it was decided meanwhile"))


def _skipped(proposal: Proposal, why: str) -> SkippedProposal:
    return SkippedProposal(id=proposal.id, book_title=proposal.book_title, field=proposal.field, why=why)


def _books_of(proposals: Sequence[Proposal]) -> list[UUID]:
    return list(dict.fromkeys(each.book_id for each in proposals))
