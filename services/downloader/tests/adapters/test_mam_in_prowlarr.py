"""MyAnonamouse in Prowlarr: the rules of the account apply to it, whatever a person named it there."""

from collections.abc import Callable

import httpx
from downloader.adapters.indexers.prowlarr.client import SYSTEM, Prowlarr
from downloader.domain.limits import is_of_mam
from sandbox.testing import a_world, an_offer
from sandbox.torrent import TorrentShelf
from shared.chassis.http import Remote
from shared.contracts.library.missing_books import MissingBook

from sandbox import prowlarr

KEY = "0123456789abcdef0123456789abcdef"


async def test_a_renamed_indexer_is_recognised_and_its_torrents_have_their_ids_at_the_site(
    a_missing_book: Callable[..., MissingBook],
) -> None:
    names = {"2": "Audio Shelf", "3": "Mam, of mine"}
    world = a_world(
        offers=[
            an_offer(id=each, indexer="prowlarr", prowlarr_indexer=name).model_dump() for each, name in names.items()
        ]
    )
    app = prowlarr.create(world, TorrentShelf("http://tracker/announce"), api_key=KEY)
    remote = Remote(SYSTEM, "http://prowlarr", headers={"X-Api-Key": KEY}, transport=httpx.ASGITransport(app))
    found = (await Prowlarr(remote).search(a_missing_book())).releases
    await remote.aclose()

    assert {each.indexer_name: (is_of_mam(each), each.torrent_id) for each in found} == {
        "Audio Shelf": (False, None),
        "Mam, of mine (MyAnonamouse)": (True, "3"),
    }
