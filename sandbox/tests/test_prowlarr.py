from typing import Any

import httpx
import pytest
import torf
from sandbox.outcomes import Controlled
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import TorrentShelf
from sandbox.world import Offer

from sandbox import prowlarr

KEY = "prowlarr-key"


def site(*offers: Offer, **options: Any) -> Controlled:
    world = a_world(offers=[each.model_dump() for each in offers])
    return prowlarr.create(world, TorrentShelf("http://tracker/announce"), api_key=KEY, **options)


def an_indexer_offer(**changes: Any) -> Offer:
    return an_offer(**{"indexer": "prowlarr", "title": "L. Frank Baum - The Marvelous Land of Oz [M4B]"} | changes)


async def ask(app: Controlled, path: str, **options: Any) -> httpx.Response:
    async with client_of(app, headers={"x-api-key": KEY}) as http:
        return await http.get(path, **options)


async def search(app: Controlled, **params: Any) -> list[dict[str, Any]]:
    return list((await ask(app, "/api/v1/search", params=params)).json())


async def test_every_request_except_ping_requires_the_key() -> None:
    async with client_of(site(an_indexer_offer())) as http:
        assert (await http.get("/ping")).json() == {"status": "OK"}
        assert (await http.get("/api/v1/indexer")).status_code == 401
        assert (await http.get(f"/api/v1/indexer?apikey={KEY}")).status_code == 200


async def test_only_offers_of_prowlarrs_indexers_are_found() -> None:
    app = site(an_indexer_offer(), an_offer(id="2"))
    [row] = await search(app, query="marvelous land of oz", categories=[3030], type="search")
    assert (row["title"], row["indexer"], row["size"]) == (
        "L. Frank Baum - The Marvelous Land of Oz [M4B]",
        "AudioTracker",
        230_000_000,
    )
    assert row["protocol"] == "torrent"
    assert "magnetUrl" not in row


async def test_titles_of_myanonamouse_contain_author_and_file_type() -> None:
    app = site(an_indexer_offer(title="The Marvelous Land of Oz", prowlarr_indexer="MyAnonamouse", vip=True))
    [row] = await search(app, query="land of oz baum")
    assert row["title"] == "The Marvelous Land of Oz by L. Frank Baum [ENG / M4B] [VIP]"


async def test_a_book_search_uses_its_terms() -> None:
    app = site(an_indexer_offer(), an_indexer_offer(id="2", title="Tarzan of the Apes", authors=["E. R. Burroughs"]))
    rows = await search(app, query="{author:Burroughs}{title:Tarzan}", type="book")
    assert [each["title"] for each in rows] == ["Tarzan of the Apes"]


async def test_categories_limit_a_search() -> None:
    app = site(an_indexer_offer(), an_indexer_offer(id="2", main_category=14, category=63))
    assert [each["categories"][0]["id"] for each in await search(app, categories=[3000])] == [3030]
    assert [each["categories"][0]["id"] for each in await search(app, categories=[7020])] == [7020]
    assert len(await search(app, categories=[3030, 7020])) == 2


async def test_offset_and_limit_select_a_page() -> None:
    app = site(*(an_indexer_offer(id=str(n)) for n in range(1, 6)))
    assert [each["guid"].rpartition("/")[2] for each in await search(app, offset=2, limit=2)] == ["3", "4"]


async def test_the_download_link_returns_the_torrent_through_prowlarr() -> None:
    app = site(an_indexer_offer())
    [row] = await search(app)
    assert row["downloadUrl"].startswith("http://stand-in/1/download?apikey=")
    answer = await ask(app, row["downloadUrl"])
    assert torf.Torrent.read_stream(answer.content).private


async def test_the_link_of_a_magnet_indexer_redirects_to_the_magnet_link() -> None:
    app = site(an_indexer_offer(), magnet_indexers=frozenset({"AudioTracker"}))
    [row] = await search(app)
    answer = await ask(app, row["magnetUrl"])
    assert answer.status_code == 301
    assert answer.headers["location"].startswith("magnet:?xt=urn:btih:")


async def test_an_unknown_link_gets_404() -> None:
    assert (await ask(site(an_indexer_offer()), "/1/download?link=x")).status_code == 404


async def test_a_disabled_indexer_finds_nothing_and_is_in_the_status() -> None:
    app = site(an_indexer_offer())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": "indexer_disabled", "path": "AudioTracker"})
    assert await search(app, query="oz") == []
    [status] = (await ask(app, "/api/v1/indexerstatus")).json()
    assert status["indexerId"] == 1
    [warning] = (await ask(app, "/api/v1/health")).json()
    assert warning["type"] == "warning"


@pytest.mark.parametrize("ids", [[1], [-2]])
async def test_a_search_of_only_disabled_indexers_is_rejected(ids: list[int]) -> None:
    app = site(an_indexer_offer())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": "indexer_disabled"})
    answer = await ask(app, "/api/v1/search", params={"query": "oz", "indexerIds": ids})
    assert answer.status_code == 400
    assert "unavailable" in answer.json()["message"]


async def test_indexers_are_numbered_in_alphabetical_order() -> None:
    app = site(an_indexer_offer(), an_indexer_offer(id="2", prowlarr_indexer="Abbey"))
    assert [(each["id"], each["name"]) for each in (await ask(app, "/api/v1/indexer")).json()] == [
        (1, "Abbey"),
        (2, "AudioTracker"),
    ]
    assert (await ask(app, "/api/v1/indexer/2")).json()["name"] == "AudioTracker"
    assert (await ask(app, "/api/v1/system/status")).json()["appName"] == "Prowlarr"


@pytest.mark.parametrize(
    ("kind", "listed", "reason"),
    [("indexer_failing", 1, "due to recent failures"), ("indexer_limited", 0, "Query Limit of 100")],
)
async def test_a_search_hides_the_failure_of_an_indexer_that_its_torznab_address_shows(
    kind: str, listed: int, reason: str
) -> None:
    app = site(an_indexer_offer())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": kind, "path": "AudioTracker"})

    assert await search(app, query="marvelous land of oz", indexerIds=[1]) == []
    answer = await ask(app, "/1/api", params={"t": "caps"})
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
    assert reason in answer.text
    assert len((await ask(app, "/api/v1/indexerstatus")).json()) == listed
