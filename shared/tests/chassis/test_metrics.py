"""The gauges that are read from Postgres at a scrape."""

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.exposition import generate_latest
from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.metrics import KEPT_SECONDS, WHOLE_TABLE_SECONDS, Gauge, Scrape, StoredGauges
from shared.testing.gauges import read_gauges
from shared.testing.tiny import CHASSIS, Shelve
from sqlalchemy import func, literal, select, text


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


async def test_a_gauge_is_read_again_when_it_is_too_old(
    database: Database, transaction: Transactions[Transaction]
) -> None:
    now = [0.0]
    whole = Gauge(
        "gapless_outbox", "all rows", select(func.count()).select_from(CHASSIS.outbox), (), WHOLE_TABLE_SECONDS
    )
    gauges = StoredGauges(database, [whole], monotonic=lambda: now[0])

    async def shown() -> tuple[float, float]:
        found = {each.name: [sample.value for sample in each.samples] for each in await gauges.metrics()}
        return found["gapless_outbox_messages"][0], found["gapless_outbox"][0]

    before = await shown()
    async with transaction() as tx:
        tx.send(Shelve(book="Ozma of Oz"))
    seen = []
    for now[0] in (KEPT_SECONDS - 1, KEPT_SECONDS, WHOLE_TABLE_SECONDS):
        seen.append(await shown())

    assert before == (0.0, 0.0)
    assert seen == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]


async def test_gauges_are_shown_again_when_postgres_is_available(database: Database) -> None:
    now, fails = [0.0], [True]

    async def rows() -> list[tuple[int]]:
        if fails[0]:
            raise OSError
        return [(1,)]

    gauges = StoredGauges(database, [Gauge("gapless_books", "books", rows)], monotonic=lambda: now[0])
    names = []
    for now[0], fails[0] in ((0.0, True), (1.0, False), (KEPT_SECONDS, False)):
        names.append({each.name for each in await gauges.metrics()})
    assert ["gapless_books" in each for each in names] == [False, False, True]


async def test_without_postgres_the_metrics_of_the_process_remain(database: Database) -> None:
    unreadable = Gauge("gapless_nothing", "no such table", select(text("no_such_column")))
    registry = CollectorRegistry()
    Counter("gapless_books_shelved", "books", registry=registry).inc()

    metrics = await StoredGauges(database, [unreadable]).metrics()
    shown = generate_latest(Scrape(registry, metrics)).decode()

    assert "gapless_gauges_readable 0.0" in shown
    assert "gapless_books_shelved_total 1.0" in shown
    assert "gapless_outbox" not in shown


async def test_gauges_with_one_query_execute_it_once(database: Database) -> None:
    query = select(literal("oz").label("series"), literal(14).label("books"), func.random().label("chance"))
    books = Gauge("gapless_books", "books", query, ("series",), figure="books")
    first, second = (Gauge(f"gapless_chance_{n}", "another at each read", query, figure="chance") for n in (1, 2))

    figures = await read_gauges(database, [books, first, second])

    assert figures["gapless_books"] == {("oz",): 14.0}
    assert figures["gapless_chance_1"] == figures["gapless_chance_2"]
