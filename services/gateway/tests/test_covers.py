"""GET /api/books/{id}/cover"""

from uuid import uuid4

import pytest
from shared.contracts.library.covers import CoverImage, CoverWidth, GetCover

from .answering import answering
from .conftest import READ_KEY, Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

BOOK = uuid4()
VERSION = "0123456789abcdef" * 2
PICTURE = b"\xff\xd8\xff the picture"
COVER = CoverImage.of(VERSION, "image/jpeg", PICTURE)
PATH = f"/api/books/{BOOK}/cover"


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


async def test_a_cover_is_sent_with_its_type_and_may_be_cached_by_its_browser_only(gateway: Gateway) -> None:
    async with answering(gateway.nats_url, GetCover, COVER) as requests:
        response = await gateway.call("GET", f"{PATH}?width=384", READ_KEY)
    assert (response.status_code, response.content) == (200, PICTURE)
    assert response.headers["content-type"] == "image/jpeg"
    assert response.headers["etag"] == f'"{VERSION}"'
    assert response.headers["cache-control"] == "private, max-age=3600"
    assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert requests == [GetCover(book_id=BOOK, width=CoverWidth.PAGE)]


async def test_a_cover_that_did_not_change_is_not_sent_again(gateway: Gateway) -> None:
    async with answering(gateway.nats_url, GetCover, CoverImage(version=VERSION)) as requests:
        response = await gateway.call("GET", PATH, headers={"If-None-Match": f'"other", W/"{VERSION}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == f'"{VERSION}"'
    assert response.headers["cache-control"] == "private, max-age=3600"
    assert requests == [GetCover(book_id=BOOK, known=[VERSION])]


async def test_only_the_first_of_many_versions_are_compared(gateway: Gateway) -> None:
    many = ",".join(f'"{number:032x}"' for number in range(50))
    async with answering(gateway.nats_url, GetCover, COVER) as requests:
        response = await gateway.call("GET", PATH, headers={"If-None-Match": many})
    assert response.status_code == 200
    assert len(requests[0].known) == 20


@pytest.mark.parametrize("width", ["0", "100", "1e9", "-96", "x"])
async def test_other_widths_are_refused(gateway: Gateway, width: str) -> None:
    response = await gateway.call("GET", PATH, params={"width": width})
    assert (response.status_code, response.json()["code"]) == (422, "invalid")


async def test_a_cover_needs_a_key(gateway: Gateway) -> None:
    assert (await gateway.call("GET", PATH, key=None)).status_code == 401
