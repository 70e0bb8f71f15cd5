"""Answers that are cached are not requested again."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from metadata.domain.providers import EnabledProvider
from sandbox.testing import a_record, a_world
from shared.books.text.identifiers import isbn13
from shared.testing.clocks import ManualClock

RECORD = a_record()


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"audible": [RECORD], "hardcover": [RECORD]}))


@pytest.mark.parametrize("name", ["audible", "hardcover"])
async def test_a_search_also_fills_the_cache_for_the_identifiers_found(made: Any, name: str) -> None:
    provider = _of(made, name)
    requests_sent = getattr(made, name).outcomes.requests
    found = (await provider.search(RECORD.title, RECORD.authors)).works
    requests = len(requests_sent)
    entry = next(each for each in found if each.asin)
    assert (await provider.identified(asin=str(entry.asin))).works == [entry]
    assert len(requests_sent) == requests
    for each in (each for each in found if isbn13(each.isbn)):
        assert each in (await provider.identified(isbn=str(each.isbn))).works
    assert len(requests_sent) == requests


@pytest.mark.parametrize("name", ["audible", "hardcover", "google"])
async def test_a_title_of_a_sure_author_is_searched_once_and_without_the_author_only_later(
    catalogues: Callable[..., Any], name: str
) -> None:
    made = catalogues(a_world(providers={name: [RECORD]}))
    provider, sent = made.provider(name), made.stand_ins[name].outcomes.requests
    for _ in range(2):
        assert (await provider.search("The Sea Fairies", ["L. Frank Baum"], sure_author=True)).works == []
        assert len(sent) == 1
    assert (await provider.search("The Sea Fairies", ["L. Frank Baum"])).works == []
    assert len(sent) == 3
    assert (await provider.search("The Sea Fairies", ["L. Frank Baum"], sure_author=True)).works == []
    assert len(sent) == 3


async def test_an_answer_of_a_search_with_and_without_the_author_is_one_for_a_sure_author(made: Any) -> None:
    provider, sent = _of(made, "audible"), made.audible.outcomes.requests
    found = await provider.search(RECORD.title, RECORD.authors)
    assert (await provider.search(RECORD.title, RECORD.authors, sure_author=True)).works == found.works
    assert len(sent) == 1


async def test_an_identifier_that_no_search_found_is_requested(made: Any) -> None:
    provider = _of(made, "audible")
    await provider.search(RECORD.title, RECORD.authors)
    requests = len(made.audible.outcomes.requests)
    assert (await provider.identified(asin="B0OZ999999")).works == []
    assert len(made.audible.outcomes.requests) == requests + 1


async def test_a_later_search_refreshes_an_old_answer(made: Any, clock: ManualClock) -> None:
    provider = _of(made, "audible")
    asin = str((await provider.search(RECORD.title, RECORD.authors)).works[0].asin)
    clock.forward(days=8)
    assert [each.asin for each in (await provider.identified(asin=asin)).works] == [asin]
    requests = len(made.audible.outcomes.requests)
    clock.forward(days=2)
    await provider.search(RECORD.title, RECORD.authors)
    clock.forward(days=6)
    assert [each.asin for each in (await provider.identified(asin=asin)).works] == [asin]
    assert len(made.audible.outcomes.requests) == requests + 1


def _of(made: Any, name: str) -> Any:
    enabled: list[EnabledProvider] = made.registry.enabled
    return next(each.provider for each in enabled if each.provider.name == name)


async def test_a_request_of_a_person_does_not_wait_for_a_whole_run(made: Any) -> None:
    provider = _of(made, "audible")
    requests_sent = made.audible.outcomes.requests
    run = [asyncio.create_task(provider.search(f"Oz Story {number}", [], patient=True)) for number in range(12)]
    await asyncio.wait(run, return_when=asyncio.FIRST_COMPLETED)
    before = len(requests_sent)
    await provider.check()
    assert len(requests_sent) <= before + 4
    await asyncio.gather(*run)
    assert len(requests_sent) == 13


async def test_two_simultaneous_equal_searches_are_one_request(made: Any) -> None:
    provider = _of(made, "audible")
    one, other = await asyncio.gather(*(provider.search(RECORD.title, RECORD.authors) for _ in range(2)))
    assert one.works == other.works
    assert len(made.audible.outcomes.requests) == 1


async def test_an_answer_without_results_is_cached_for_three_to_four_days_and_others_for_seven(
    catalogues: Callable[..., Any], clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [RECORD]}))
    provider, requests = made.provider("audible"), []
    for days in (2.99, 1.02, 2.9, 0.2):
        assert (await provider.identified(asin="B0OZ999999")).works == []
        assert (await provider.identified(asin=RECORD.asin)).works
        requests.append(len(made.audible.outcomes.requests))
        clock.forward(days=days)
    assert requests == [2, 2, 3, 3]
    assert (await provider.identified(asin=RECORD.asin)).works
    assert len(made.audible.outcomes.requests) == 4


async def test_an_answer_without_results_is_cached_for_a_shorter_time_if_a_setting_says_so(
    catalogues: Callable[..., Any], clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [RECORD]}), provider_not_found_hours=4)
    provider = made.provider("audible")
    requests = []
    for _ in range(3):
        assert (await provider.identified(asin="B0OZ999999")).works == []
        assert (await provider.identified(asin=RECORD.asin)).works
        requests.append(len(made.audible.outcomes.requests))
        clock.forward(hours=2.5)
    assert requests == [2, 2, 3]


async def test_answers_without_results_do_not_expire_together(
    catalogues: Callable[..., Any], clock: ManualClock
) -> None:
    made = catalogues(a_world(providers={"audible": [RECORD]}), provider_not_found_hours=100)
    provider = made.provider("audible")
    ends = {(await provider.identified(asin=f"B0OZ99999{number}")).believed_until for number in range(5)}
    assert len(ends) == 5
    hours = [(end - clock.now()).total_seconds() / 3600 for end in ends]
    assert 75 <= min(hours) < max(hours) <= 100
