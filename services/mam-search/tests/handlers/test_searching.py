"""A search widens until something is found; an answer is remembered for a while."""

from datetime import timedelta
from typing import Any

import pytest
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.handlers.caring import Caring
from mam_search.handlers.searching import Searching
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.mam import GetStanding, SearchMam, StandingRead
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.testing.clocks import StandingClock
from sqlalchemy import select

BOOK = SearchMam(title="The Marvelous Land of Oz", authors=["L. Frank Baum"])


async def test_the_same_search_is_answered_from_memory(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    first = await searching.search(BOOK)
    assert [release.id for release in first] == ["901"]
    assert await searching.search(BOOK) == first
    assert tracker.requests == 1


async def test_an_answer_that_is_too_old_is_asked_for_anew(tracker: Any, cache: Any) -> None:
    clock = StandingClock()
    searching = Searching(tracker.replica(), cache, clock)
    await searching.search(BOOK)
    clock.forward(seconds=901)
    await searching.search(BOOK)
    assert tracker.requests == 2
    await searching.search(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 2
    clock.forward(seconds=1)
    await searching.search(BOOK.model_copy(update={"max_age_seconds": 0}))
    assert tracker.requests == 3


async def test_that_nothing_was_found_is_remembered_as_well(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    unknown = SearchMam(title="Nowhere Found", authors=["Nobody Known"])
    assert await searching.search(unknown) == []
    asked = tracker.requests
    assert await searching.search(unknown) == []
    assert tracker.requests == asked == 3


async def test_a_wider_question_follows_when_the_narrow_one_finds_nothing(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    found = await searching.search(SearchMam(title="The Marvelous Land of Oz", authors=["Somebody Else"]))
    assert [release.id for release in found] == ["901"]
    assert tracker.requests > 1


async def test_a_failure_is_not_remembered(tracker: Any, cache: Any) -> None:
    searching = Searching(tracker.replica(), cache, StandingClock())
    tracker.fails("broken", times=1)
    with pytest.raises(RemoteUnavailable):
        await searching.search(BOOK)
    assert await searching.search(BOOK)


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
