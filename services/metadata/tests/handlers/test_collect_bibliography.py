"""Bibliographies are collected from the stand-ins, stored and announced."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.collect_bibliography import CollectBibliographyHandler
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import World
from shared.chassis.database import Database
from shared.contracts.metadata.bibliographies import (
    BibliographyCollected,
    BibliographyOf,
    CataloguedWork,
    CollectBibliography,
)
from shared.testing.clocks import ManualClock
from sqlalchemy import text

Catalogues = Callable[..., Any]
Collect = Callable[..., Awaitable[BibliographyCollected]]


@pytest.fixture
def catalogues(catalogues: Catalogues) -> Catalogues:
    """The providers, without the series of Google Books, which are off by default."""
    return partial(catalogues, google_series=False)


@pytest.fixture
def announced(database: Database) -> Callable[[], Awaitable[list[BibliographyCollected]]]:
    """Reads the bibliographies that were announced."""

    async def read() -> list[BibliographyCollected]:
        async with database.engine.connect() as connection:
            rows = await connection.execute(text("select payload from metadata.outbox order by id"))
            return [BibliographyCollected.model_validate_json(row.payload) for row in rows]

    return read


@pytest.fixture
def collect(
    transaction: Transactions, clock: ManualClock, announced: Callable[[], Awaitable[list[BibliographyCollected]]]
) -> Collect:
    async def run(catalogues: Any, **command: Any) -> BibliographyCollected:
        fields = {"of": BibliographyOf.SERIES, "subject_id": uuid4(), "name": "Oz", "authors": ["L. Frank Baum"]}
        listing = CollectBibliographyHandler(transaction, catalogues.registry.enabled, clock)
        await listing.collect(CollectBibliography(**(fields | command)))
        return (await announced())[-1]

    return run


async def test_every_provider_lists_the_series_with_positions(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    event = await collect(catalogues(shipped("small")))
    assert event.answered == ["audible", "hardcover"]
    assert event.failures == {}
    for provider in ("AUDIBLE", "HARDCOVER"):
        places = {place.sequence for work in event.works if work.provider == provider for place in work.series}
        assert {str(number) for number in range(1, 15)} <= places


async def test_google_lists_the_printed_books_of_a_series_if_a_setting_says_so(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    made = catalogues(shipped("small"), google_series=True)
    event = await collect(made, known_titles=["The Marvelous Land of Oz"])
    assert event.answered == ["audible", "hardcover", "google"]
    listed = [work for work in event.works if work.provider == "GOOGLE"]
    assert listed
    assert {work.is_audio for work in listed} == {False}
    assert all("Oz" in [place.name for place in work.series] for work in listed)


async def test_a_known_asin_leads_to_the_series_whatever_the_library_calls_it(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    event = await collect(
        catalogues(shipped("small")), name="The Oz Series", authors=["Baum, L. Frank"], known_asins=["B0LRSIFWJT"]
    )
    assert sum(work.provider == "AUDIBLE" for work in event.works) >= 14


async def test_an_author_is_found_under_another_spelling(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    event = await collect(catalogues(shipped("small")), of=BibliographyOf.AUTHOR, name="LF Baum", authors=[])
    assert {work.provider for work in event.works} == {"AUDIBLE", "HARDCOVER"}
    assert all("Baum" in work.authors[0] for work in event.works)


async def test_a_work_known_only_in_print_is_searched_as_an_audiobook(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    event = await collect(catalogues(shipped("traps")), name="Emily", authors=["L. M. Montgomery"])
    quest = [work for work in event.works if work.title == "Emily's Quest"]
    assert {(work.provider, work.is_audio) for work in quest} == {("AUDIBLE", True), ("HARDCOVER", False)}


async def test_a_box_set_is_listed_with_its_range(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    event = await collect(catalogues(shipped("traps")), name="Barsoom", authors=["Edgar Rice Burroughs"])
    boxes = [work for work in event.works if work.title == "The Martian Tales Trilogy"]
    assert {place.sequence for work in boxes for place in work.series} == {"1-3"}
    assert len(boxes) == 2


async def test_an_unavailable_provider_is_named_and_the_other_is_used(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World]
) -> None:
    made = catalogues(shipped("small"))
    made.audible.outcomes.switch_on(Outcome(kind="away"))
    event = await collect(made)
    assert event.answered == ["hardcover"]
    assert "503" in event.failures["audible"]
    assert event.works


@pytest.mark.parametrize("kind", ["away", "unauthorized", "forbidden", "throttled", "broken", "html", "half", "empty"])
async def test_failures_of_all_providers_are_not_an_empty_answer(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World], kind: str
) -> None:
    made = catalogues(shipped("small"))
    made.audible.outcomes.switch_on(Outcome(kind=kind))
    made.hardcover.outcomes.switch_on(Outcome(kind=kind))
    event = await collect(made)
    assert event.answered == []
    assert set(event.failures) == {"audible", "hardcover"}


async def test_an_answer_is_cached_and_a_failure_is_not(
    catalogues: Catalogues, collect: Collect, clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [a_record()], "hardcover": [a_record(isbn=None)]}))
    made.audible.outcomes.switch_on(Outcome(kind="broken"))
    assert "audible" not in (await collect(made)).answered
    made.audible.outcomes.clear()
    clock.forward(minutes=1)
    assert (await collect(made)).answered == ["audible", "hardcover"]
    requests = len(made.audible.outcomes.requests)
    await collect(made)
    assert len(made.audible.outcomes.requests) == requests
    clock.forward(days=8)
    await collect(made)
    assert len(made.audible.outcomes.requests) > requests


async def test_a_bibliography_has_no_descriptions(catalogues: Catalogues, collect: Collect) -> None:
    record = a_record(description="A boy named Tip.")
    event = await collect(catalogues(a_world(providers={"audible": [record], "hardcover": []})))
    assert [work.description for work in event.works] == [None]


async def test_the_works_of_each_provider_are_stored_as_they_were_announced(
    catalogues: Catalogues, collect: Collect, database: Database, shipped: Callable[[str], World]
) -> None:
    await collect(catalogues(shipped("small")))
    event = await collect(catalogues(shipped("small")))
    async with database.engine.connect() as connection:
        works = (await connection.execute(text("select id, work from metadata.works"))).all()
        lists = (await connection.execute(text("select provider, work_ids from metadata.bibliographies"))).all()
    assert {work_id: CataloguedWork(**work) for work_id, work in works} == {work.id: work for work in event.works}
    assert {work_id for _, work_ids in lists for work_id in work_ids} == {work.id for work in event.works}
    assert {provider for provider, _ in lists} == {"audible", "hardcover"}


async def test_lists_that_are_recent_enough_are_announced_without_a_query(
    catalogues: Catalogues, collect: Collect, shipped: Callable[[str], World], clock: ManualClock
) -> None:
    made = catalogues(shipped("small"))
    subject_id = uuid4()
    first = await collect(made, subject_id=subject_id)
    made.audible.outcomes.switch_on(Outcome(kind="away"))
    clock.forward(seconds=20 * 86_400)
    stored = await collect(made, subject_id=subject_id, max_age_days=30)
    assert (stored.works, stored.answered, stored.failures) == (first.works, first.answered, {})

    renamed = await collect(made, subject_id=subject_id, name="The Oz Series", max_age_days=30)
    assert "503" in renamed.failures["audible"]
    clock.forward(seconds=11 * 86_400)
    old = await collect(made, subject_id=subject_id, max_age_days=30)
    assert "503" in old.failures["audible"]


async def test_the_works_of_a_series_are_collected_under_its_other_names(
    catalogues: Catalogues, collect: Collect
) -> None:
    titles = {"Oz": "Ozma of Oz", "Tales of Ix": "Queen Zixi of Ix"}
    books = [
        a_record(id=f"B0OZ{len(name):06d}", asin=f"B0OZ{len(name):06d}", title=title, series=[{"name": name}])
        for name, title in titles.items()
    ]
    made = catalogues(a_world(providers={"audible": books, "hardcover": []}))
    event = await collect(made, name="Oz", other_names=["Tales of Ix"])
    assert {work.title for work in event.works if work.provider == "AUDIBLE"} == {"Ozma of Oz", "Queen Zixi of Ix"}
