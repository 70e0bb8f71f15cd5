"""One query at a time is sent; an answer is remembered for a while."""

from datetime import timedelta
from typing import Any

import pytest
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.handlers.account_status import Caring
from mam_search.handlers.search import Searching
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam.account import GetStanding, StandingRead
from shared.contracts.mam.releases import QueryMam
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.testing.clocks import StandingClock
from sqlalchemy import select

BOOK = QueryMam(titles=["The Marvelous Land of Oz"], authors=["L. Frank Baum"])


async def test_the_same_query_is_answered_from_memory(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    first = await searching.query(BOOK)
    assert [release.id for release in first.releases] == ["901"]
    assert await searching.query(BOOK) == first
    assert tracker.requests == 1


async def test_an_answer_that_is_too_old_is_asked_for_anew(tracker: Any, cache: Any) -> None:
    clock = StandingClock()
    searching = Searching(tracker.replica(), cache, clock)
    await searching.query(BOOK)
    clock.forward(seconds=901)
    await searching.query(BOOK)
    assert tracker.requests == 2
    await searching.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 2
    clock.forward(seconds=1)
    await searching.query(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 3


async def test_that_nothing_was_found_is_remembered_as_well(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    unknown = QueryMam(titles=["Nowhere Found"], authors=["Nobody Known"])
    assert (await searching.query(unknown)).releases == []
    assert (await searching.query(unknown)).releases == []
    assert tracker.requests == 1


async def test_every_query_for_a_book_can_be_sent_and_no_more(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    listed_otherwise = QueryMam(titles=["The Marvelous Land of Oz"], authors=["Somebody Else"])
    first = await searching.query(listed_otherwise)
    found = [
        await searching.query(listed_otherwise.model_copy(update={"number": number}))
        for number in range(first.queries + 3)
    ]
    assert [release.id for answer in found for release in answer.releases] == ["901"]
    assert tracker.requests == first.queries


async def test_a_failure_is_not_remembered(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    tracker.fails("broken", times=1)
    with pytest.raises(RemoteUnavailable):
        await searching.query(BOOK)
    assert (await searching.query(BOOK)).releases


async def test_the_standing_is_read_again_when_it_is_too_old(tracker: Any, history: Any) -> None:
    clock = StandingClock()
    caring = Caring(tracker.replica(), history, clock, "http://mam")
    first = await caring.get_standing(GetStanding())
    clock.forward(minutes=5)
    assert await caring.get_standing(GetStanding()) == first
    clock.forward(minutes=6)
    assert (await caring.get_standing(GetStanding())).read_at == first.read_at + timedelta(minutes=11)
    assert tracker.requests == 2
    async with history._transaction() as tx:
        said = (await tx.session.scalars(select(CHASSIS.outbox.c.subject))).all()
    assert said == [StandingRead.subject] * 2


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (None, IntegrationState.OK),
        ("away", IntegrationState.AWAY),
        ("throttled", IntegrationState.THROTTLED),
        ("forbidden", IntegrationState.REFUSED),
        ("html", IntegrationState.REFUSED),
        ("half", IntegrationState.NONSENSE),
    ],
)
async def test_the_check_says_how_the_tracker_takes_us(
    kind: str | None, state: IntegrationState, tracker: Any, history: Any
) -> None:
    if kind:
        tracker.fails(kind)
    caring = Caring(tracker.replica(), history, StandingClock(), "http://mam")
    (found,) = await caring.check(CheckIntegrations())
    assert (found.name, found.state) == ("myanonamouse", state)
    assert found.detail
