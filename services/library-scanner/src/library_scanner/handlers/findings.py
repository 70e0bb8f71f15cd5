"""Lists, counts and ignores findings."""

from typing import ClassVar

from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.library.findings import (
    CountFindings,
    DecideFindings,
    Finding,
    FindingCounts,
    FindingsDecided,
    FindingStatus,
    GetFinding,
    ListFindings,
)
from shared.contracts.page import Page

from library_scanner.domain.refusals import UnknownSort
from library_scanner.domain.stored_findings import decided
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.lookups import require
from library_scanner.workflow.propose_repairs import propose_repairs

MAX_IDS = 500


class FindingSortRefused(Refused):
    """The findings cannot be sorted by this field."""

    code: ClassVar[str] = UnknownSort.code
    status: ClassVar[int] = 422
    title: ClassVar[str] = "Unknown sort"


class FindingHandlers:
    """Answers requests about findings. Ignoring a finding withdraws its proposals. Opening it makes them again."""

    def __init__(self, read_only: Transactions, transaction: Transactions, clock: Clock) -> None:
        self._read_only = read_only
        self._transaction = transaction
        self._clock = clock

    async def list_findings(self, request: ListFindings) -> Page[Finding]:
        """Return a page of findings. Raises `FindingSortRefused`."""
        async with self._read_only() as tx:
            try:
                return await tx.findings.page(request)
            except UnknownSort as unknown:
                raise FindingSortRefused(unknown.detail) from unknown

    async def get_finding(self, request: GetFinding) -> Finding:
        """Return one finding. Raises `NotFound`."""
        async with self._read_only() as tx:
            return require(await tx.findings.one(request.id), f"finding {request.id}")

    async def count(self, request: CountFindings) -> FindingCounts:
        """Return the counts by kind and by day."""
        async with self._read_only() as tx:
            return await tx.findings.counts(request.days, self._clock.now().date())

    async def decide(self, request: DecideFindings) -> FindingsDecided:
        """Ignore the chosen open findings, or open the chosen ignored ones again."""
        before = FindingStatus.OPEN if request.status is FindingStatus.IGNORED else FindingStatus.IGNORED
        async with self._transaction() as tx:
            await tx.lock()
            chosen = await tx.findings.chosen(request.chosen, before)
            changed = decided(chosen, request.status, self._clock.now(), request.decided_by)
            await tx.findings.save(changed)
            await propose_repairs(tx, {change.book_id for each in changed for change in each.repairs})
        return FindingsDecided(changed=len(changed), ids=[each.id for each in changed[:MAX_IDS]])
