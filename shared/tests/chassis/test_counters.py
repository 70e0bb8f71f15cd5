"""Counters of a process."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from contextvars import copy_context

import httpx
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from shared.chassis.bus import Bus
from shared.chassis.counters import Counter, Counters, Histogram, count, count_in, observe
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import RemoteError
from shared.chassis.http import Remote
from shared.chassis.service import Service
from shared.testing.tiny import CountBooks, Shelve, Tiny
from shared.testing.waiting import until

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]
BOOKS = Counter("gapless_books_shelved_total", "books that were put on a shelf", ("shelf",))
SECONDS = Histogram("gapless_shelving_seconds", "how long it took", (1.0, 10.0))


@pytest.fixture
def registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    count_in(Counters(registry, [BOOKS, SECONDS]))
    return registry


async def test_what_a_transaction_counts_is_counted_at_its_commit(
    transaction: Transactions[Transaction], registry: CollectorRegistry
) -> None:
    async with transaction() as tx:
        tx.count(BOOKS, "oz")
        tx.observe(SECONDS, 3.0)
        assert registry.get_sample_value(BOOKS.name, {"shelf": "oz"}) is None
    assert registry.get_sample_value(BOOKS.name, {"shelf": "oz"}) == 1.0
    assert registry.get_sample_value("gapless_shelving_seconds_sum") == 3.0


async def test_what_is_rolled_back_is_not_counted(
    transaction: Transactions[Transaction], registry: CollectorRegistry
) -> None:
    async def shelve() -> None:
        async with transaction() as tx:
            tx.count(BOOKS, "oz")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await shelve()
    assert registry.get_sample_value(BOOKS.name, {"shelf": "oz"}) is None


def test_services_of_one_process_count_separately() -> None:
    registries = [CollectorRegistry(), CollectorRegistry()]
    contexts = [copy_context(), copy_context()]
    for registry, context in zip(registries, contexts, strict=True):
        context.run(count_in, Counters(registry))
    for context in (contexts[0], contexts[0], contexts[1]):
        context.run(count, BOOKS, "oz")
        context.run(observe, SECONDS, 1.0)
    values = [registry.get_sample_value(BOOKS.name, {"shelf": "oz"}) for registry in registries]
    assert values == [2.0, 1.0]


async def test_the_handlers_of_a_running_service_count_in_its_metrics(
    run: Run, transaction: Transactions[Transaction]
) -> None:
    async def counted(_message: object) -> int:
        count(BOOKS, "oz")
        return 1

    async with run(Tiny(count=counted, shelve=counted)) as service:
        await Bus(service.broker).ask(CountBooks(shelf="oz"))
        async with transaction() as tx:
            tx.send(Shelve(book="Tik-Tok of Oz"))
        await until(lambda: service.registry.get_sample_value(BOOKS.name, {"shelf": "oz"}) == 2.0)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "answered"), (403, "refused_us"), (429, "throttled"), (500, "unavailable"), (400, "answered_nonsense")],
)
async def test_a_request_to_an_outside_system_is_counted_by_its_outcome(
    status: int, outcome: str, registry: CollectorRegistry
) -> None:
    remote = Remote("Audible", "http://audible", transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with suppress(RemoteError):
        await remote.request("GET", "/catalog")
    await remote.aclose()
    labels = {"system": "Audible", "outcome": outcome}
    assert registry.get_sample_value("gapless_outside_requests_total", labels) == 1.0


def test_a_counter_without_labels_begins_at_zero() -> None:
    counters = Counters(registry := CollectorRegistry(), [Counter("gapless_grabs_total", "grabs")])
    assert b"gapless_grabs_total 0.0" in generate_latest(registry)
    counters.add(Counter("gapless_grabs_total", "grabs"), amount=2)
    assert registry.get_sample_value("gapless_grabs_total") == 2.0
