"""The gauges that are read from Postgres at a scrape."""

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.exposition import generate_latest
from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.metrics import Gauge, Scrape, StoredGauges
from shared.testing.gauges import read_gauges
from shared.testing.tiny import Shelve
from sqlalchemy import literal, select, text


async def test_messages_that_wait_are_counted(database: Database, transaction: Transactions[Transaction]) -> None:
    async with transaction() as tx:
        tx.send(Shelve(book="The Marvelous Land of Oz"))

    figures = await read_gauges(database, [])

    assert figures["gapless_outbox_messages"] == {("library",): 1.0}
    assert 0.0 <= figures["gapless_outbox_oldest_seconds"]["library",] < 60.0
    assert figures["gapless_messages_failed"] == {("library",): 0.0}


async def test_a_figure_without_a_value_is_left_out(database: Database) -> None:
    figures = await read_gauges(database, [Gauge("gapless_ratio", "a ratio", select(literal(None)))])
    assert figures["gapless_ratio"] == {}


async def test_a_second_scrape_soon_after_reads_nothing(
    database: Database, transaction: Transactions[Transaction]
) -> None:
    gauges = StoredGauges(database, [])
    before = await gauges.metrics()
    async with transaction() as tx:
        tx.send(Shelve(book="Ozma of Oz"))
    assert await gauges.metrics() is before


async def test_without_postgres_the_metrics_of_the_process_remain(database: Database) -> None:
    unreadable = Gauge("gapless_nothing", "no such table", select(text("no_such_column")))
    registry = CollectorRegistry()
    Counter("gapless_books_shelved", "books", registry=registry).inc()

    metrics = await StoredGauges(database, [unreadable]).metrics()
    shown = generate_latest(Scrape(registry, metrics)).decode()

    assert "gapless_gauges_readable 0.0" in shown
    assert "gapless_books_shelved_total 1.0" in shown
    assert "gapless_outbox" not in shown
