"""One query is sent per request, and its result is stored for a while."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

import pytest
from mam_search.adapters.postgres.seen_releases import SeenReleaseList
from mam_search.handlers.search import SearchHandlers
from mam_search.workflow.cached_search import CachedSearch
from shared.chassis.database import Transaction
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam.releases import QueryMam
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until


def handlers(tracker: Any, cache: Any, clock: Any) -> SearchHandlers:
    """The handlers of one replica."""
    seen = SeenReleaseList(tracker.databases[0].transactions(Transaction)) if tracker.databases else None
    return SearchHandlers(CachedSearch(tracker.replica(), cache, clock), seen)


BOOK = QueryMam(titles=["The Marvelous Land of Oz"], authors=["L. Frank Baum"])


async def test_a_repeated_query_is_answered_from_the_cache(tracker: Any, cache: Any) -> None:
    query_mam = handlers(tracker, cache, ManualClock())
    first = await query_mam.query(BOOK)
    assert [release.id for release in first.releases] == ["901"]
    assert await query_mam.query(BOOK) == first
    assert tracker.requests == 1


async def test_a_result_that_is_too_old_is_requested_again(tracker: Any, cache: Any) -> None:
    clock = ManualClock()
    query_mam = handlers(tracker, cache, clock)
    await query_mam.query(BOOK)
    clock.forward(seconds=901)
    await query_mam.query(BOOK)
    assert tracker.requests == 2
    await query_mam.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 2
    clock.forward(seconds=1)
    await query_mam.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 3


async def test_an_empty_result_is_stored_too(tracker: Any, cache: Any) -> None:
    query_mam = handlers(tracker, cache, ManualClock())
    unknown = QueryMam(titles=["Nowhere Found"], authors=["Nobody Known"])
    assert (await query_mam.query(unknown)).releases == []
    assert (await query_mam.query(unknown)).releases == []
    assert tracker.requests == 1


async def test_every_query_for_a_book_can_be_sent_and_no_more(tracker: Any, cache: Any) -> None:
    query_mam = handlers(tracker, cache, ManualClock())
    listed_by_another_author = QueryMam(titles=["The Marvelous Land of Oz"], authors=["Somebody Else"])
    first = await query_mam.query(listed_by_another_author)
    found = [
        await query_mam.query(listed_by_another_author.model_copy(update={"number": number}))
        for number in range(first.queries + 3)
    ]
    assert [release.id for page in found for release in page.releases] == ["901"]
    assert tracker.requests == first.queries


async def test_a_query_for_which_a_person_waits_goes_before_those_of_a_schedule(tracker: Any, cache: Any) -> None:
    tracker.fails("slow", delay_seconds=0.5, times=1)
    query_mam = handlers(tracker, cache, ManualClock())
    of_a_schedule = [QueryMam(titles=[title]) for title in ("Emerald", "Silver", "Golden")]
    sent = [asyncio.create_task(query_mam.query(each)) for each in of_a_schedule]
    await until(lambda: tracker.site.traffic.in_flight == 1)
    await query_mam.query(QueryMam(titles=["Crimson"], person_waits=True))
    await asyncio.gather(*sent)
    texts = [parse_qs(each.query)["tor[text]"][0].casefold() for each in tracker.site.outcomes.requests]
    assert (len(texts), texts[1]) == (4, "crimson")


async def test_a_failure_is_not_stored(tracker: Any, cache: Any) -> None:
    query_mam = handlers(tracker, cache, ManualClock())
    tracker.fails("broken", times=1)
    with pytest.raises(RemoteUnavailable):
        await query_mam.query(BOOK)
    assert (await query_mam.query(BOOK)).releases
