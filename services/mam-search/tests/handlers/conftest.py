"""Replicas of what cares for the account."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.spending import SpendingPolicy
from sandbox.testing import a_world, an_offer
from shared.chassis.database import Database
from shared.testing.clocks import ManualClock

from sandbox import mam

from .account import Replica


@pytest.fixture
async def replica_of(
    a_tracker_of: Callable[..., Any], database_url: str
) -> AsyncIterator[Callable[..., list[Replica]]]:
    """Makes replicas of the service that use one account.

    The stand-in has the torrents 901, 902 (VIP), 903 and 904 (free).
    """
    databases = []
    offers = [an_offer(id="901"), an_offer(id="902", vip=True), an_offer(id="903"), an_offer(id="904", free=True)]

    def make(
        number: int = 1, *, policy: SpendingPolicy | None = None, balance_lag_seconds: float = 0.0, **account: Any
    ) -> list[Replica]:
        world = a_world(offers=[each.model_dump() for each in offers], account=account)
        # A lost answer of the store also loses the new session value.
        tracker = a_tracker_of(world, mam.Rules(previous_stays_valid=True, balance_lag_seconds=balance_lag_seconds))
        clock, made = ManualClock(), []
        for _ in range(number):
            databases.append(Database(database_url, CHASSIS))
            made.append(Replica(tracker, databases[-1], clock, policy or SpendingPolicy()))
        return made

    yield make
    for database in databases:
        await database.aclose()
