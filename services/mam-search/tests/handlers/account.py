"""Replicas of everything that cares for the account, against one stand-in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.snatch_list import SnatchList
from mam_search.adapters.mam.store import Store
from mam_search.adapters.postgres.account_transaction import AccountTransaction
from mam_search.adapters.postgres.search_cache import PostgresSearchCache
from mam_search.adapters.postgres.seen_releases import SeenReleaseList
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.grab_rule import GrabLimits
from mam_search.domain.spending import SpendingPolicy
from mam_search.handlers.care_for_account import CareForAccountHandler
from mam_search.handlers.get_account import GetAccountHandlers
from mam_search.handlers.reserve_grab import ReserveGrabHandlers
from mam_search.workflow.cached_search import CachedSearch
from mam_search.workflow.flag_reader import FlagReader
from mam_search.workflow.spender import Spender
from mam_search.workflow.standing_reader import StandingReader
from shared.chassis.database import Database, Transaction
from shared.contracts.mam.account import CareForAccount
from shared.contracts.mam.grabs import AssessGrabs, GrabAssessment, GrabStage, OfferedRelease, ReportGrab, ReserveGrab
from shared.contracts.mam.spending import ListSpending, Spending
from shared.contracts.runs import RunFinished
from shared.contracts.values import Indexer
from shared.testing.clocks import ManualClock
from sqlalchemy import select

SIZE = 144_000_000
LIMITS = GrabLimits(unsatisfied_reserve=5, slots_for_person=2)


def a_release(**changes: Any) -> OfferedRelease:
    plain: dict[str, Any] = {"indexer": Indexer.MAM, "release_id": "901", "size_bytes": SIZE}
    return OfferedRelease.model_validate(plain | changes)


@dataclass
class Replica:
    """One replica of the service, with its own connections."""

    tracker: Any
    database: Database
    clock: ManualClock
    policy: SpendingPolicy

    def __post_init__(self) -> None:
        requests = self.tracker.requests_of_replica()
        access = self.tracker.control(self.clock)
        transaction = self.database.transactions(AccountTransaction)
        plain = self.database.transactions(Transaction)
        standings = StandingHistory(plain)
        self.transaction, self.standings = transaction, standings
        self.reader = StandingReader(MyAnonamouse(requests), standings, LIMITS, self.clock)
        self.spender = Spender(transaction, Store(requests), self.reader, self.clock)
        self.searches = CachedSearch(MyAnonamouse(requests), PostgresSearchCache(plain), self.clock)
        flags = FlagReader(SeenReleaseList(plain), self.searches, self.clock)
        self.handlers = ReserveGrabHandlers(
            transaction, self.reader, flags, self.spender, limits=LIMITS, policy=self.policy, clock=self.clock
        )
        self.account = GetAccountHandlers(
            transaction, standings, access, limits=LIMITS, policy=self.policy, clock=self.clock
        )
        self.care_for_account = CareForAccountHandler(
            transaction,
            standings,
            self.reader,
            SnatchList(requests),
            self.spender,
            limits=LIMITS,
            policy=self.policy,
            clock=self.clock,
        )

    async def reserve(self, grab_id: UUID | None = None, **changes: Any) -> GrabAssessment:
        """Reserve a grab of the release with these changes."""
        request = ReserveGrab(grab_id=grab_id or uuid4(), release=a_release(**changes), requested_at=self.clock.now())
        return await self.handlers.reserve(request)

    async def report(self, grab_id: UUID, stage: GrabStage, **earlier: float) -> None:
        """Report the stage of a grab, as of now or earlier."""
        await self.handlers.report(ReportGrab(grab_id=grab_id, stage=stage, at=self.clock.now() - timedelta(**earlier)))

    async def reserved(self) -> tuple[int, int]:
        """The reserved slots and bytes."""
        figures = (await self.handlers.assess(AssessGrabs(releases=[a_release()])))[0].figures
        return figures.reserved_slots, figures.reserved_bytes

    async def care(self, *, dry_run: bool = False) -> RunFinished:
        """Run the task, and return the end of its run."""
        await self.care_for_account.care(CareForAccount(run_id=uuid4(), dry_run=dry_run))
        finished: RunFinished = (await self.announced(RunFinished))[-1]
        return finished

    async def announced(self, kind: Any) -> list[Any]:
        """The announced events of one kind, oldest first."""
        outbox = CHASSIS.outbox
        async with self.transaction() as tx:
            rows = await tx.session.scalars(
                select(outbox.c.payload).where(outbox.c.subject == kind.subject).order_by(outbox.c.id)
            )
            return [kind.model_validate_json(row) for row in rows]

    async def ledger(self) -> list[Spending]:
        """Everything that was spent, newest first."""
        return (await self.account.list_spending(ListSpending())).items

    def searched(self) -> int:
        """How many searches the site received."""
        return sum("loadSearchJSONbasic" in each.path for each in self.tracker.site.outcomes.requests)

    def purchases(self) -> list[str]:
        """The queries that the store received."""
        return [each.query for each in self.tracker.site.outcomes.requests if "bonusBuy" in each.path]
