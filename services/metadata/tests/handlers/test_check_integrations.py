"""The list of providers: health, budget, and what a refresh of all books would cost."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.domain.providers import Budget, refresh_cost
from metadata.handlers.check_integrations import CheckIntegrationsHandlers
from metadata_builders import StubLibrary, a_book
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteBlockedUs, ServiceUnavailable
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.page import Page
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.testing.clocks import ManualClock


@pytest.mark.parametrize(
    ("budget", "books", "days"),
    [
        (Budget(1.0), 50_000, 0.58),
        (Budget(8.0, per_day=500), 50_000, 100.0),
        (Budget(60.0, per_day=10_000), 1_440, 1.0),
        (Budget(0.0), 50_000, 0.0),
        (Budget(1.0, per_day=10), 0, 0.0),
    ],
)
def test_the_days_of_a_full_refresh_follow_from_the_pace_and_the_daily_limit(
    budget: Budget, books: int, days: float
) -> None:
    assert refresh_cost(budget, books).days == days


@pytest.fixture
def listed(catalogues: Callable[..., Any], database: Database, clock: ManualClock) -> Callable[..., Any]:
    async def providers(library: StubLibrary, **settings: Any) -> list[Provider]:
        made = catalogues(a_world(providers={"kindle": [a_record()]}), **settings)
        states = ProviderStates(database.transactions(Transaction), made.registry, clock)
        return await CheckIntegrationsHandlers(made.registry, states, library).list_providers(ListProviders())

    return providers


async def test_each_enabled_provider_shows_its_pace_and_what_a_full_refresh_costs(listed: Callable[..., Any]) -> None:
    settings = {"providers": "audible,hardcover", "custom_providers_interval": 60, "custom_providers_per_day": 100}
    audible, hardcover, kindle = await listed(StubLibrary(a_book()), hardcover_token="", **settings)
    assert (kindle.name, kindle.seconds_between, kindle.burst, kindle.quota[0].left) == ("kindle", 60, 1, 100)
    assert (kindle.full_refresh.books, kindle.full_refresh.requests, kindle.full_refresh.days) == (1, 1, 0.01)
    assert audible.full_refresh is not None
    assert (hardcover.enabled, hardcover.full_refresh) == (False, None)


async def test_the_cost_is_unknown_while_the_library_does_not_answer(listed: Callable[..., Any]) -> None:
    class Away(StubLibrary):
        async def books(self, request: ListBooks) -> Page[Book]:
            raise ServiceUnavailable("library-scanner", "it does not answer")

    assert {each.full_refresh for each in await listed(Away())} == {None}


async def test_a_provider_that_blocks_us_is_an_integration_with_that_state_and_a_remedy(
    catalogues: Callable[..., Any], database: Database, clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"goodreads": [a_record()]}), providers="goodreads")
    made.stand_ins["goodreads"].outcomes.switch_on(Outcome(kind="challenge"))
    with pytest.raises(RemoteBlockedUs):
        await made.provider("goodreads").search("Oz", [])
    states = ProviderStates(database.transactions(Transaction), made.registry, clock)
    handlers = CheckIntegrationsHandlers(made.registry, states, StubLibrary())
    (found,) = await handlers.check(CheckIntegrations())
    assert (found.state, found.required) == (IntegrationState.BLOCKED, False)
    assert "remove the provider from PROVIDERS" in found.detail
    assert len(made.stand_ins["goodreads"].outcomes.requests) == 1
