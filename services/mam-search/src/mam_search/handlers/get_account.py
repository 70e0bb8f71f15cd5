"""What is known about the account: now, over time, what was spent, and what still has to seed."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.account import Account, AccountHistory, GetAccount, GetAccountHistory, SpendingPolicies
from shared.contracts.mam.seeding import ListSeedingDuties, SeedingDuty
from shared.contracts.mam.spending import ListSpending, Spending, SpendingKind
from shared.contracts.page import Page

from mam_search.domain.account_ports import AccountTransactions, Standings
from mam_search.domain.grab_rule import GrabLimits, room
from mam_search.domain.ports import AccessControl
from mam_search.domain.spending import SpendingPolicy
from mam_search.domain.warnings import seeding_warning, session_warning, standing_warnings
from mam_search.workflow.spender import midnight


class GetAccountHandlers:
    """Handles `GetAccount`, `GetAccountHistory`, `ListSpending` and `ListSeedingDuties`. None sends a request."""

    def __init__(
        self,
        transaction: AccountTransactions,
        standings: Standings,
        access: AccessControl,
        *,
        limits: GrabLimits,
        policy: SpendingPolicy,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._standings = standings
        self._access = access
        self._limits = limits
        self._policy = policy
        self._clock = clock

    async def get(self, _request: GetAccount) -> Account:
        """The newest standing, the room for grabs, the risks, the policies, and whether requests are paused."""
        now = self._clock.now()
        standing = await self._standings.latest()
        access = await self._access.access()
        async with self._transaction() as tx:
            duties = await tx.duties.all()
            read_at = await tx.duties.read_at()
            wedges_today = await tx.ledger.spent_since(SpendingKind.WEDGE, midnight(now))
            left = standing and room(standing, await tx.reservations.total(standing, now), self._limits)
        warnings = [seeding_warning(duties, now)]
        if standing is not None:
            warnings += [*standing_warnings(standing, self._limits), session_warning(standing.read_at, now)]
        return Account(
            standing=standing,
            room=left,
            warnings=warnings,
            seeding_duties=len(duties),
            seeding_read_at=read_at,
            spending=SpendingPolicies(
                wedges=self._policy.wedge_from_bytes > 0,
                wedges_today=wedges_today,
                vip=self._policy.renew_vip,
                upload=self._policy.upload_gb > 0,
            ),
            sessions=access.sessions,
            paused_until=access.closed_until,
            paused_because=access.closed_because,
            translatable={"paused_because": closed} if (closed := access.translatable.get("closed_because")) else {},
        )

    async def history(self, request: GetAccountHistory) -> AccountHistory:
        """The last standing of each span, so that a chart of any length has a limited number of points."""
        # One span less, because the first and the last span are only partly within the days.
        span = timedelta(days=request.days) / max(1, request.points - 1)
        points = await self._standings.points(self._clock.now() - timedelta(days=request.days), span)
        return AccountHistory(seconds_between=round(span.total_seconds()), points=points[-request.points :])

    async def list_spending(self, request: ListSpending) -> Page[Spending]:
        """Everything that was ever spent, newest first."""
        async with self._transaction() as tx:
            return await tx.ledger.page(request.limit, request.offset)

    async def list_seeding_duties(self, request: ListSeedingDuties) -> Page[SeedingDuty]:
        """The torrents that still have to seed, the most urgent first."""
        async with self._transaction() as tx:
            return await tx.duties.page(request.limit, request.offset)
