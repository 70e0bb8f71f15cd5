"""Lists, accepts, declines and reopens proposals."""

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
    ReopenProposals,
    SkippedProposal,
)
from shared.contracts.page import Page
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions
from metadata.workflow.proposals import Acceptance, accept

AT_A_TIME = 500
"""Proposals decided in one transaction."""
AT_MOST = 5_000
"""Proposals decided in one request."""
MAX_LISTED = 500
"""Skipped and decided proposals, and corrections, that an answer lists."""
_OTHER_OPEN = translatable("change.other_open", "another proposal for the field is open")
_UNKNOWN = translatable("change.no_proposal", "there is no proposal with this id")
_DECIDED = translatable("change.decided_meanwhile", "it was decided meanwhile")


class ProposalHandlers:
    """Answers `ListProposals`, `AcceptProposals`, `DeclineProposals` and `ReopenProposals`."""

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

    async def reopen(self, request: ReopenProposals) -> ProposalsDecided:
        """Undo declining the selected proposals. Their values may be proposed again."""
        answer = _Answer()
        async for some in self._selected(request.selection, answer, ProposalStatus.DECLINED):
            async with self._transaction() as tx:
                reopened = set(await tx.proposals.reopen([each.id for each in some]))
            others = [(each, _OTHER_OPEN) for each in some if each.id not in reopened]
            answer.add(some, Acceptance([each for each in some if each.id in reopened], skipped=others))
        return await self._finished(request.selection, answer, ProposalStatus.DECLINED)

    async def _selected(
        self, selection: ProposalSelection, answer: "_Answer", status: ProposalStatus = ProposalStatus.OPEN
    ) -> AsyncIterator[list[Proposal]]:
        """The selected proposals of a status in parts. Ids that are unknown or have another one are skipped."""
        if selection.ids is not None:
            async with self._transaction() as tx:
                found = {each.id: each for each in await tx.proposals.by_ids(selection.ids)}
            for each in dict.fromkeys(selection.ids):
                if each not in found:
                    answer.skip(SkippedProposal(id=each, why=_UNKNOWN, translatable=translatables(why=_UNKNOWN)))
                elif found[each].status is not status:
                    answer.skip(_skipped(found[each], _already(found[each].status)))
            some = [each for each in found.values() if each.status is status]
            if some:
                yield some
            return
        matching = selection.filter or ProposalFilter()
        last: Proposal | None = None
        for _ in range(AT_MOST // AT_A_TIME):
            async with self._transaction() as tx:
                some = await tx.proposals.after(last, status, matching, AT_A_TIME)
            if not some:
                return
            yield some
            last = some[-1]

    async def _finished(
        self, selection: ProposalSelection, answer: "_Answer", status: ProposalStatus = ProposalStatus.OPEN
    ) -> ProposalsDecided:
        remaining = 0
        if selection.filter is not None:
            async with self._transaction() as tx:
                remaining = await tx.proposals.count(status, selection.filter)
        return ProposalsDecided(
            decided=sum(answer.by_field.values()),
            proposal_ids=answer.proposal_ids[:MAX_LISTED],
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
        self.proposal_ids: list[UUID] = []
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
        self.proposal_ids += (each.id for each in result.accepted)
        self.correction_ids += result.correction_ids
        judged = {each.id for each in result.accepted}
        for each, why in result.skipped:
            judged.add(each.id)
            self.skip(_skipped(each, why))
        for each in selected:
            if each.id not in judged:
                self.skip(_skipped(each, _DECIDED))


def _skipped(proposal: Proposal, why: str) -> SkippedProposal:
    title, codes = proposal.book_title, translatables(why=why)
    return SkippedProposal(id=proposal.id, book_title=title, field=proposal.field, why=why, translatable=codes)


def _already(status: ProposalStatus) -> str:
    return translatable("change.already", f"it is {status.value} already", status=status.value)


def _books_of(proposals: Sequence[Proposal]) -> list[UUID]:
    return list(dict.fromkeys(each.book_id for each in proposals))
