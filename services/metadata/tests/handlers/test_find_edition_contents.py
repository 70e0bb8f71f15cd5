"""The chapters and the cover of an edition that is about to be imported, from the stand-ins of the providers."""

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from metadata.adapters.picture_reader import PictureReader
from metadata.handlers.find_edition_contents import FindEditionContentHandlers
from metadata.workflow.content_choice import ContentChoice
from metadata.workflow.edition_search import EditionSearch
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.pictures import read_picture
from shared.chassis.public_fetch import PublicFetcher
from shared.contracts.metadata.editions import FindChapters, FindCover

COVER = FindCover(title="The Marvelous Land of Oz", authors=["L. Frank Baum"], narrators=["Tom Reed"])


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    listed = {name: [a_record(isbn=None)] for name in ("audible", "audnexus")}
    return catalogues(a_world(providers=listed), providers=",".join(listed))


@pytest.fixture
def handlers(made: Any) -> Callable[..., FindEditionContentHandlers]:
    """Call it with `covers=False` for a service that adds no covers."""

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    def make(*, covers: bool = True, max_bytes: int = 2**20) -> FindEditionContentHandlers:
        fetcher = PublicFetcher(
            private_hosts=True,
            max_bytes=max_bytes,
            seconds=60.0,
            transport=httpx.ASGITransport(made.stand_ins["audible"]),
            resolver=resolve,
        )
        contents = ContentChoice(made.registry, PictureReader(fetcher) if covers else None)
        return FindEditionContentHandlers(EditionSearch(made.registry.enabled, 300.0), contents)

    return make


async def test_the_chapters_of_an_edition_have_their_whole_length(handlers: Callable[..., Any]) -> None:
    (found,) = (await handlers().find_chapters(FindChapters(asin="B0OZ000002"))).lists
    assert found.provider == "audnexus"
    assert found.seconds == pytest.approx(300 * 60)
    assert len(found.chapters) > 1
    assert found.chapters[0].start_ms == 0


@pytest.mark.parametrize("asin", ["B0OZ999999", "no ASIN"])
async def test_an_unknown_edition_has_no_chapters(handlers: Callable[..., Any], asin: str) -> None:
    assert (await handlers().find_chapters(FindChapters(asin=asin))).lists == []


async def test_a_provider_that_fails_has_no_chapters(handlers: Callable[..., Any], made: Any) -> None:
    made.stand_ins["audnexus"].outcomes.switch_on(Outcome(kind="away"))
    assert (await handlers().find_chapters(FindChapters(asin="B0OZ000002"))).lists == []


async def test_the_cover_of_the_book_is_fetched(handlers: Callable[..., Any]) -> None:
    found = await handlers().find_cover(COVER)
    assert (found.provider, found.media_type) == ("AUDIBLE", "image/jpeg")
    assert min(read_picture(base64.b64decode(found.content)).width, 300) == 300


async def test_a_book_that_no_provider_knows_has_no_cover(handlers: Callable[..., Any]) -> None:
    unknown = FindCover(title="Dracula", authors=["Bram Stoker"])
    assert (await handlers().find_cover(unknown)).content is None


async def test_no_cover_is_fetched_if_covers_are_off(handlers: Callable[..., Any]) -> None:
    assert (await handlers(covers=False).find_cover(COVER)).content is None


async def test_a_picture_that_is_too_large_is_not_fetched(handlers: Callable[..., Any]) -> None:
    assert (await handlers(max_bytes=1000).find_cover(COVER)).content is None
