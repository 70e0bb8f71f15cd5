"""An external catalogue is read over its documented protocol."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mam_search.adapters.top_list_catalogue.client import SYSTEM, TopListCatalogue
from mam_search.domain.genres import genres
from sandbox.outcomes import Outcome
from sandbox.testing import a_world, an_offer
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteUnavailable
from shared.chassis.http import Remote
from shared.contracts.values import SeriesPlace

from sandbox import top_lists

BY_NAME = {each.name: each for each in genres({})}
OFFERS = [
    an_offer(id="901", title="Ozma of Oz", snatched=5, added_days_ago=1, asin="B0OZMA0001"),
    an_offer(id="902", title="Sky Island", snatched=9, added_days_ago=2, series=[]),
]


@pytest.fixture
def site() -> Any:
    return top_lists.create(a_world(offers=[each.model_dump() for each in OFFERS]))


@pytest.fixture
async def catalogue(site: Any) -> AsyncIterator[TopListCatalogue]:
    remote = Remote(SYSTEM, "http://top-lists", transport=httpx.ASGITransport(app=site))
    yield TopListCatalogue(remote, "week")
    await remote.aclose()


async def test_the_books_of_a_genre_are_read_in_its_order(catalogue: TopListCatalogue) -> None:
    found = await catalogue.top(BY_NAME["Fantasy"])
    assert found is not None
    assert [each.title for each in found] == ["Sky Island", "Ozma of Oz"]
    assert (found[1].asin, found[1].series) == ("B0OZMA0001", [SeriesPlace(name="Oz", sequence="2")])
    assert found[1].seeders is None


async def test_a_genre_that_it_does_not_have_is_no_list(catalogue: TopListCatalogue) -> None:
    assert await catalogue.top(BY_NAME["Western"]) is None


@pytest.mark.parametrize(
    ("kind", "error"), [("broken", RemoteUnavailable), ("html", RemoteAnsweredNonsense), ("half", RemoteError)]
)
async def test_a_failure_is_never_an_empty_list(
    kind: str, error: type[RemoteError], site: Any, catalogue: TopListCatalogue
) -> None:
    site.outcomes.switch_on(Outcome.model_validate({"kind": kind}))
    with pytest.raises(error):
        await catalogue.top(BY_NAME["Fantasy"])
