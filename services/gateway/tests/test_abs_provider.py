"""Gapless as a custom metadata provider, called as a real Audiobookshelf calls one."""

from urllib.parse import unquote_plus

import httpx
import nats
import pytest
from nats.aio.msg import Msg
from shared.contracts.metadata.editions import EditionsFound, FindEditions, FoundEdition
from shared.contracts.values import Confidence, SeriesPlace
from shared.testing.flushing import flush

from .conftest import READ_KEY, Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

RECORDED = [
    "/search?mediaType=book&query=Dune&author=Frank+Herbert",
    "/search?mediaType=book&query=1984&author=George+Orwell",
    "/search?mediaType=book&query=A+Child+Called+%22It%22&author=Dave+Pelzer",
    "/search?mediaType=book&query=Dune&author=&isbn=",
]
"""The requests that Audiobookshelf 2.36 sent to a provider, below the address that was entered."""
DUNE = FoundEdition(
    title="Dune", authors=["Frank Herbert", "Ann Lee"], narrators=["Tom Reed"], published_year="1965",
    series=[SeriesPlace(name="Dune", sequence="1")], asin="B0DUNE0001", duration_minutes=1260, genres=["Fiction"],
    cover="https://example.org/dune.jpg",
    confidence=Confidence.HIGH, providers=["audible"],
)  # fmt: skip


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


async def search(gateway: Gateway, path: str, authorization: str | None = READ_KEY) -> httpx.Response:
    """Send a request with the headers of Audiobookshelf."""
    headers = {"Authorization": authorization} if authorization else {}
    async with httpx.AsyncClient(transport=gateway.asgi, base_url="http://gateway", headers=headers) as client:
        return await client.get(f"/api/abs-provider{path}")


@pytest.mark.parametrize("path", RECORDED)
@pytest.mark.parametrize("authorization", [READ_KEY, f"Bearer {READ_KEY}"])
async def test_the_recorded_requests_are_answered_in_the_protocol(
    gateway: Gateway, path: str, authorization: str
) -> None:
    requests: list[FindEditions] = []
    connection = await nats.connect(gateway.nats_url)

    async def answer(message: Msg) -> None:
        requests.append(FindEditions.model_validate_json(message.data))
        await connection.publish(message.reply, EditionsFound(editions=[DUNE]).model_dump_json().encode())

    await connection.subscribe(FindEditions.subject, cb=answer)
    await flush(connection)
    response = await search(gateway, path, authorization)
    await connection.close()
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == {
        "matches": [
            {
                "title": "Dune", "subtitle": None, "author": "Frank Herbert, Ann Lee", "narrator": "Tom Reed",
                "publisher": None, "publishedYear": "1965", "description": None, "isbn": None, "asin": "B0DUNE0001",
                "genres": ["Fiction"], "cover": "https://example.org/dune.jpg",
                "series": [{"series": "Dune", "sequence": "1"}], "language": None,
                "duration": 1260,
            }
        ]
    }  # fmt: skip
    (request,) = requests
    assert f"query={request.title}&author={request.author}" in unquote_plus(path)


async def test_a_podcast_has_no_matches(gateway: Gateway) -> None:
    response = await search(gateway, "/search?mediaType=podcast&query=Dune")
    assert response.json() == {"matches": []}


@pytest.mark.parametrize(("authorization", "status"), [(None, 401), ("a-wrong-key", 403)])
async def test_a_search_needs_a_key(gateway: Gateway, authorization: str | None, status: int) -> None:
    assert (await search(gateway, RECORDED[0], authorization)).status_code == status


@pytest.mark.parametrize("path", ["/search", "/search?query=", "/search?query=a%00b", f"/search?query={'a' * 501}"])
async def test_a_search_without_a_usable_title_is_refused(gateway: Gateway, path: str) -> None:
    assert (await search(gateway, path)).status_code == 422
