"""One query is sent per request, and its result is stored for a while."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from mam_search.adapters.postgres.seen_releases import SeenReleaseList
from mam_search.handlers.search import SearchHandlers
from mam_search.workflow.cached_search import CachedSearch
from sandbox.testing import a_world, an_offer
from shared.chassis.clock import Clock
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam.releases import BrowseFlag, QueryMam
from shared.contracts.mam.search import ListSeenReleases, MamSearch, SearchMam
from shared.testing.clocks import ManualClock
from shared.testing.waiting import until

MakeHandlers = Callable[[Clock], SearchHandlers]
BOOK = QueryMam(titles=["The Marvelous Land of Oz"], authors=["L. Frank Baum"])


@pytest.fixture
def make_handlers(tracker: Any, cache: Any, database: Database) -> MakeHandlers:
    """Makes the handlers of another replica."""
    seen = SeenReleaseList(database.transactions(Transaction))
    return lambda clock: SearchHandlers(CachedSearch(tracker.replica(), cache, clock), seen)


async def test_a_repeated_query_is_answered_from_the_cache(tracker: Any, make_handlers: MakeHandlers) -> None:
    query_mam = make_handlers(ManualClock())
    first = await query_mam.query(BOOK)
    assert [release.id for release in first.releases] == ["901"]
    assert await query_mam.query(BOOK) == first
    assert tracker.requests == 1


async def test_a_result_that_is_too_old_is_requested_again(tracker: Any, make_handlers: MakeHandlers) -> None:
    clock = ManualClock()
    query_mam = make_handlers(clock)
    await query_mam.query(BOOK)
    clock.forward(seconds=901)
    await query_mam.query(BOOK)
    assert tracker.requests == 2
    await query_mam.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 2
    clock.forward(seconds=1)
    await query_mam.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 3


async def test_the_result_of_the_longest_search_is_stored_too(tracker: Any, make_handlers: MakeHandlers) -> None:
    handlers = make_handlers(ManualClock())
    letter = random.Random(7)
    texts = {name: "".join(chr(letter.randrange(0x4E00, 0x9F00)) for _ in range(500)) for name in ("title", "author")}
    longest = SearchMam(search=MamSearch(**texts))
    assert (await handlers.search(longest)).releases == []
    assert (await handlers.search(longest)).releases == []
    assert tracker.requests == 1


async def test_an_empty_result_is_stored_too(tracker: Any, make_handlers: MakeHandlers) -> None:
    query_mam = make_handlers(ManualClock())
    unknown = QueryMam(titles=["Nowhere Found"], authors=["Nobody Known"])
    assert (await query_mam.query(unknown)).releases == []
    assert (await query_mam.query(unknown)).releases == []
    assert tracker.requests == 1


async def test_every_query_for_a_book_can_be_sent_and_no_more(tracker: Any, make_handlers: MakeHandlers) -> None:
    query_mam = make_handlers(ManualClock())
    listed_by_another_author = QueryMam(titles=["The Marvelous Land of Oz"], authors=["Somebody Else"])
    first = await query_mam.query(listed_by_another_author)
    found = [
        await query_mam.query(listed_by_another_author.model_copy(update={"number": number}))
        for number in range(first.queries + 3)
    ]
    assert [release.id for page in found for release in page.releases] == ["901"]
    assert tracker.requests == first.queries


async def test_a_query_for_which_a_person_waits_goes_before_those_of_a_schedule(
    tracker: Any, make_handlers: MakeHandlers
) -> None:
    tracker.fails("slow", delay_seconds=0.5, times=1)
    query_mam = make_handlers(ManualClock())
    of_a_schedule = [QueryMam(titles=[title]) for title in ("Emerald", "Silver", "Golden")]
    sent = [asyncio.create_task(query_mam.query(each)) for each in of_a_schedule]
    await until(lambda: tracker.site.traffic.in_flight == 1)
    await query_mam.query(QueryMam(titles=["Crimson"], person_waits=True))
    await asyncio.gather(*sent)
    texts = [parse_qs(each.query)["tor[text]"][0].casefold() for each in tracker.site.outcomes.requests]
    assert (len(texts), texts[1]) == (4, "crimson")


async def test_a_failure_is_not_stored(tracker: Any, make_handlers: MakeHandlers) -> None:
    query_mam = make_handlers(ManualClock())
    tracker.fails("broken", times=1)
    with pytest.raises(RemoteUnavailable):
        await query_mam.query(BOOK)
    assert (await query_mam.query(BOOK)).releases


async def test_the_same_search_asked_several_times_at_once_is_sent_once(
    tracker: Any, make_handlers: MakeHandlers
) -> None:
    tracker.fails("slow", delay_seconds=0.2, times=1)
    replicas = [make_handlers(ManualClock()) for _ in range(3)]
    answers = await asyncio.gather(*(replica.query(BOOK) for replica in replicas for _ in range(3)))
    assert tracker.requests == 1
    assert {release.id for answer in answers for release in answer.releases} == {"901"}
    assert all(answer == answers[0] for answer in answers)


async def test_after_a_failure_one_of_the_waiting_searches_is_sent(tracker: Any, make_handlers: MakeHandlers) -> None:
    tracker.fails("broken", times=1)
    replica = make_handlers(ManualClock())
    answers = await asyncio.gather(*(replica.query(BOOK) for _ in range(3)), return_exceptions=True)
    assert len([each for each in answers if isinstance(each, RemoteUnavailable)]) == 1
    assert tracker.requests == 2


async def test_a_typed_search_filters_at_the_site_and_counts_all_matches(
    a_tracker_of: Any, cache: Any, database: Database
) -> None:
    offers = [an_offer(id=str(900 + number), seeders=number, abridged=number == 3) for number in range(12)]
    tracker = a_tracker_of(a_world(offers=[each.model_dump() for each in offers]))
    searches = SearchHandlers(
        CachedSearch(tracker.replica(), cache, ManualClock()), SeenReleaseList(database.transactions(Transaction))
    )
    typed = MamSearch(title="marvelous", author="baum", min_seeders=2, without_flags=[BrowseFlag.ABRIDGED], page_size=5)
    first = await searches.search(SearchMam(search=typed))
    assert ([each.id for each in first.releases], first.found) == (["911", "910", "909", "908", "907"], 9)
    second = await searches.search(SearchMam(search=typed.model_copy(update={"page": 1})))
    assert [each.id for each in second.releases] == ["906", "905", "904", "902"]
    past_the_end = await searches.search(SearchMam(search=typed.model_copy(update={"page": 2})))
    assert (past_the_end.releases, past_the_end.found) == ([], 9)
    assert await searches.search(SearchMam(search=typed.model_copy(update={"title": "MARVELOUS"}))) == first
    assert tracker.requests == 3


async def test_the_releases_of_every_search_can_be_listed_and_filtered(
    tracker: Any, make_handlers: MakeHandlers
) -> None:
    clock = ManualClock()
    searches = make_handlers(clock)
    await searches.query(BOOK)
    clock.forward(hours=1)
    await searches.search(SearchMam(search=MamSearch(series="oz")))
    page = await searches.list_seen(ListSeenReleases())
    assert (page.total, {each.release.id for each in page.items}) == (2, {"901", "902"})
    first = next(each for each in page.items if each.release.id == "901")
    assert first.seen_at - first.first_seen_at == timedelta(hours=1)

    async def ids(**filters: Any) -> list[str]:
        found = await searches.list_seen(ListSeenReleases.model_validate(filters))
        return [each.release.id for each in found.items]

    assert await ids(query="marvel baum") == ["901"]
    assert await ids(query="frank ozma") == ["902"]
    assert await ids(query="100%") == []
    assert await ids(query="!") == []
    assert await ids(sort="title") == ["902", "901"]
    assert await ids(filetype="m4b", audio=True, language="eng") == ["902", "901"]
    assert await ids(filetype="mp3") == []
    assert await ids(snatched=True) == []
    assert await ids(abridged=False, min_seeders=1, limit=1, offset=1) == ["901"]
    assert await ids(seen_since=clock.now() + timedelta(seconds=1)) == []


async def test_an_isbn_is_the_last_query_of_a_book(a_tracker_of: Any, cache: Any, database: Database) -> None:
    offer = an_offer(id="901", title="Another Name", authors=["Somebody"], description="ISBN 9780306406157")
    tracker = a_tracker_of(a_world(offers=[offer.model_dump()]))
    searches = SearchHandlers(
        CachedSearch(tracker.replica(), cache, ManualClock()), SeenReleaseList(database.transactions(Transaction))
    )
    book = QueryMam(titles=["Ozma of Oz"], authors=["L. Frank Baum"], isbn="9780306406157")
    queries = (await searches.query(book)).queries
    assert queries == (await searches.query(book.model_copy(update={"isbn": None}))).queries + 1
    found = await searches.query(book.model_copy(update={"number": queries - 1}))
    assert [release.id for release in found.releases] == ["901"]
