"""Prowlarr against the stand-in: searches, failures, and links without the API key."""

from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from downloader.adapters.indexers.prowlarr.client import SYSTEM, Prowlarr, release_id, without_credentials
from downloader.adapters.indexers.prowlarr.pauses import Pauses
from sandbox.outcomes import Controlled, Outcome
from sandbox.testing import a_world, an_offer
from sandbox.torrent import TorrentShelf, make_torrent
from sandbox.world import Offer
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable
from shared.chassis.http import Remote
from shared.chassis.redirects import Redirects
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import Indexer

from sandbox import prowlarr

MAGNET = f"magnet:?xt=urn:btih:{'a' * 40}&dn=Oz"
KEY = "0123456789abcdef0123456789abcdef"
OFFER = an_offer(
    indexer="prowlarr", title="The Marvelous Land of Oz by L. Frank Baum [ENG / M4B]", free=True, seeders=7
)

BROKEN = an_offer(id="2", indexer="prowlarr", prowlarr_indexer="Broken Shelf")


def site(*offers: Offer, **options: Any) -> Controlled:
    world = a_world(offers=[each.model_dump() for each in offers or (OFFER,)])
    return prowlarr.create(world, TorrentShelf("http://tracker/announce"), api_key=KEY, **options)


@pytest.fixture
async def prowlarr_of() -> AsyncIterator[Callable[..., Prowlarr]]:
    remotes: list[Remote] = []

    def make(app: Controlled, key: str = KEY, **options: Any) -> Prowlarr:
        headers = {"X-Api-Key": key}
        remotes.append(Remote(SYSTEM, "http://prowlarr:9696", headers=headers, transport=httpx.ASGITransport(app)))
        return Prowlarr(remotes[-1], **options)

    yield make
    for remote in remotes:
        await remote.aclose()


async def test_a_release_has_its_title_unchanged(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    offers = await prowlarr_of(site()).search(a_missing_book())

    (release,) = offers.releases
    assert offers.unavailable is None
    assert release.indexer is Indexer.PROWLARR
    assert release.title == OFFER.title
    assert (release.structured, release.category, release.freeleech, release.seeders) == (False, "3030", True, 7)


async def test_no_link_contains_the_api_key(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    (release,) = (await prowlarr_of(site()).search(a_missing_book())).releases

    assert KEY not in release.model_dump_json()
    assert "apikey" not in release.download_reference


async def test_the_torrent_behind_a_link_is_fetched_with_the_key_in_a_header(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site()
    indexer = prowlarr_of(app)
    (release,) = (await indexer.search(a_missing_book())).releases

    torrent = await indexer.fetch(release)

    assert torrent.identity.info_hash == make_torrent(OFFER, "http://tracker/announce").info_hash
    assert KEY not in app.outcomes.requests[-1].query


async def test_a_link_that_redirects_to_a_magnet_gives_its_hash(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    indexer = prowlarr_of(site(magnet_indexers=frozenset({OFFER.prowlarr_indexer})))
    (release,) = (await indexer.search(a_missing_book())).releases

    torrent = await indexer.fetch(release)

    assert torrent.magnet is not None
    assert torrent.identity.info_hash == make_torrent(OFFER, "http://tracker/announce").info_hash


async def test_a_listing_without_the_author_is_found_by_its_title(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site(an_offer(indexer="prowlarr", title="Marvelous Land of Oz", authors=[], series=[]))

    indexer = prowlarr_of(app)
    first = await indexer.search(a_missing_book())
    last = await indexer.search(a_missing_book(), first.queries - 1)

    assert (len(first.releases), len(last.releases)) == (0, 1)


async def test_a_book_is_searched_by_each_of_its_titles_and_authors(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site()
    indexer = prowlarr_of(app)
    wanted = a_missing_book(other_titles=["Tip & the Tin Man"], other_authors=["Edith Van Dyne"])
    count = (await indexer.search(wanted)).queries
    for number in range(1, count + 2):
        await indexer.search(wanted, number)

    queries = [parse_qs(each.query)["query"][0] for each in app.outcomes.requests if each.path == "/api/v1/search"]
    assert queries == [
        "marvelous land oz baum",
        "tip tin man baum",
        "marvelous land oz van dyne",
        "land baum",
        "marvelous land oz",
    ]


async def test_a_disabled_indexer_is_reported_as_unavailable(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site()
    app.outcomes.switch_on(Outcome(kind="indexer_disabled", path=OFFER.prowlarr_indexer))

    offers = await prowlarr_of(app).search(a_missing_book())

    assert offers.releases == []
    assert offers.unavailable is not None
    assert "is disabled by Prowlarr" in offers.unavailable


async def test_a_wrong_key_is_a_refusal(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    with pytest.raises(RemoteRefusedUs):
        await prowlarr_of(site(), key="wrong").search(a_missing_book())


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("away", RemoteUnavailable),
        ("broken", RemoteUnavailable),
        ("throttled", RemoteThrottled),
        ("forbidden", RemoteRefusedUs),
        ("html", RemoteAnsweredNonsense),
        ("half", RemoteAnsweredNonsense),
        ("empty", RemoteAnsweredNonsense),
    ],
)
async def test_each_failure_of_prowlarr_raises_its_error(
    prowlarr_of: Callable[..., Prowlarr],
    a_missing_book: Callable[..., MissingBook],
    failure: str,
    error: type[Exception],
) -> None:
    app = site()
    app.outcomes.switch_on(Outcome(kind=failure, path="/api/v1/indexer"))

    with pytest.raises(error):
        await prowlarr_of(app).search(a_missing_book())


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ("indexer_disabled", "Broken Shelf is disabled by Prowlarr until"),
        ("indexer_failing", "Broken Shelf was not searched: Indexer is disabled till"),
        ("indexer_limited", "Query Limit of 100 in last 24 hour(s) reached"),
        ("indexer_slow", "Broken Shelf did not answer within 0.2 seconds"),
        ("indexer_throttled", "Broken Shelf asks us to wait: GET /api/v1/search returned 429"),
        ("indexer_html", "Broken Shelf could not be searched: HTML instead of JSON"),
        ("indexer_half", "Broken Shelf could not be searched: an unexpected response"),
        ("indexer_huge", "Broken Shelf could not be searched: the response to GET /api/v1/search is larger than 8 MiB"),
    ],
)
async def test_a_failing_indexer_is_named_and_the_others_are_searched(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook], failure: str, words: str
) -> None:
    app = site(OFFER, BROKEN)
    app.outcomes.switch_on(Outcome(kind=failure, path="Broken Shelf", delay_seconds=60))

    offers = await prowlarr_of(app, timeout_seconds=0.2).search(a_missing_book())

    assert [each.indexer_name for each in offers.releases] == [OFFER.prowlarr_indexer]
    assert words in (offers.unavailable or "")
    assert OFFER.prowlarr_indexer not in (offers.unavailable or "")


async def test_an_indexer_that_is_switched_off_is_not_missed(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site(OFFER, BROKEN)
    app.outcomes.switch_on(Outcome(kind="indexer_off", path="Broken Shelf"))

    offers = await prowlarr_of(app).search(a_missing_book())

    assert (len(offers.releases), offers.unavailable) == (1, None)


async def test_a_search_ends_in_time_even_if_every_indexer_is_slow(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site(OFFER, BROKEN)
    app.outcomes.switch_on(Outcome(kind="indexer_slow", delay_seconds=60))

    offers = await prowlarr_of(app, search_seconds=0.2).search(a_missing_book())

    assert offers.releases == []
    assert (offers.unavailable or "").count("the search ended after 0.2 seconds") == 2


async def test_a_slow_indexer_is_not_asked_again_for_a_while(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app, now = site(OFFER, BROKEN), [0.0]
    app.outcomes.switch_on(Outcome(kind="indexer_slow", path="Broken Shelf", delay_seconds=60, times=1))
    indexer = prowlarr_of(app, timeout_seconds=0.2, pauses=Pauses(lambda: now[0]))

    await indexer.search(a_missing_book())
    paused = await indexer.search(a_missing_book())
    health = await indexer.health()
    now[0] = 601.0
    later = await indexer.search(a_missing_book())

    assert "did not answer within 0.2 seconds" in (paused.unavailable or "")
    assert "asked again in 10 min" in health.problems
    assert (len(paused.releases), len(later.releases), later.unavailable) == (1, 2, None)


async def test_the_health_names_each_indexer_that_is_left_out_with_a_remedy(
    prowlarr_of: Callable[..., Prowlarr],
) -> None:
    off = an_offer(id="3", indexer="prowlarr", prowlarr_indexer="Quiet Shelf")
    app = site(OFFER, BROKEN, off)
    indexer = prowlarr_of(app)
    assert (await indexer.health()).problems == ""
    app.outcomes.switch_on(Outcome(kind="indexer_disabled", path="Broken Shelf"))
    app.outcomes.switch_on(Outcome(kind="indexer_off", path="Quiet Shelf"))

    health = await indexer.health()

    assert (health.searched, health.any_failed) == ([OFFER.prowlarr_indexer], True)
    assert "Broken Shelf is disabled by Prowlarr until" in health.problems
    assert "test it in Prowlarr under Indexers" in health.problems
    assert "Quiet Shelf is switched off in Prowlarr: enable it there" in health.problems


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        ("download_gone", RemoteAnsweredNonsense, "Torrent has been removed by its uploader (410)"),
        ("download_limited", RemoteThrottled, "Grab Limit of 10 in last 24 hour(s) reached. (429)"),
        ("download_failed", RemoteUnavailable, "Downloading torrent failed (500)"),
    ],
)
async def test_a_refused_download_names_the_indexer_and_what_it_said(
    prowlarr_of: Callable[..., Prowlarr],
    a_missing_book: Callable[..., MissingBook],
    failure: str,
    error: type[Exception],
    words: str,
) -> None:
    app = site()
    indexer = prowlarr_of(app)
    (release,) = (await indexer.search(a_missing_book())).releases
    app.outcomes.switch_on(Outcome(kind=failure, path=OFFER.prowlarr_indexer))

    with pytest.raises(error) as raised:
        await indexer.fetch(release)

    assert f"{OFFER.prowlarr_indexer} refused the download: " in str(raised.value)
    assert words in str(raised.value)


async def test_a_redirect_is_followed_to_a_magnet_or_to_the_indexers_own_host_only(
    a_missing_book: Callable[..., MissingBook],
) -> None:
    app = site()
    metainfo = make_torrent(OFFER, "http://tracker/announce").metainfo
    visited: list[str] = []

    class Everywhere(dict[str, httpx.AsyncBaseTransport]):
        def get(self, authority: str, default: object = None) -> httpx.AsyncBaseTransport:
            visited.append(authority)
            return httpx.MockTransport(lambda _: httpx.Response(200, content=metainfo))

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14"]

    headers = {"X-Api-Key": KEY}
    remote = Remote(SYSTEM, "http://prowlarr:9696", headers=headers, transport=httpx.ASGITransport(app))
    indexer = Prowlarr(remote, Redirects(SYSTEM, "http://prowlarr:9696", transports=Everywhere(), resolve=resolve))
    (release,) = (await indexer.search(a_missing_book())).releases
    for kind in ("download_own_host", "download_magnet", "download_elsewhere"):
        app.outcomes.switch_on(Outcome(kind=kind, path=OFFER.prowlarr_indexer, times=1))

    with pytest.raises(RemoteAnsweredNonsense, match=r"points to elsewhere\.example, which is another site"):
        await indexer.fetch(release)
    fetched = [await indexer.fetch(release), await indexer.fetch(release)]
    await remote.aclose()

    assert visited == ["audiotracker.example"]
    assert [each.magnet is None for each in fetched] == [True, False]
    assert fetched[0].identity.info_hash == fetched[1].identity.info_hash


async def test_a_web_page_instead_of_a_torrent_is_refused(
    prowlarr_of: Callable[..., Prowlarr], a_missing_book: Callable[..., MissingBook]
) -> None:
    app = site()
    indexer = prowlarr_of(app)
    (release,) = (await indexer.search(a_missing_book())).releases
    app.outcomes.switch_on(Outcome(kind="html", path="/*/download"))

    with pytest.raises(RemoteAnsweredNonsense, match="a web page instead of a torrent"):
        await indexer.fetch(release)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        (f"{MAGNET}&tr=http%3A%2F%2Ftracker%2F{'f' * 32}%2Fannounce&xs=http%3A%2F%2Fsite%2Ft%3Fkey%3Dk3y", MAGNET),
        ("https://host/books/3/download?file=Oz&apikey=k3y&link=abc&t=k3y", "/3/download?file=Oz&link=abc"),
        ("https://indexer.example/download/k3y/Oz.torrent", ""),
    ],
)
def test_a_link_is_kept_without_what_may_be_a_key(link: str, kept: str) -> None:
    assert without_credentials(link) == kept


SECRETS = ["0123456789abcdef0123456789abcdee", "AbCdEfGhIjKlMnOpQrStUvWxYz", "k3y"]


def redirecting_to(location: str, secret: str) -> Prowlarr:
    """A Prowlarr with one release whose guid and links contain a secret, and whose link redirects elsewhere."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/indexer"):
            site = [{"name": "baseUrl", "value": "https://indexer.example/"}]
            return httpx.Response(200, json=[{"id": 3, "name": "Oz", "fields": site}])
        if request.url.path.endswith("/search"):
            guid = f"https://indexer.example/rss/{secret}/download/7?torrent_pass={secret}"
            link = f"http://prowlarr:9696/3/download?apikey={KEY}&link=abc&file=Oz"
            return httpx.Response(
                200, json=[{"guid": guid, "indexerId": 3, "title": "Oz", "downloadUrl": link, "size": 1}]
            )
        if request.url.path.endswith("/indexerstatus"):
            return httpx.Response(200, json=[])
        return httpx.Response(302, headers={"Location": location})

    remote = Remote(SYSTEM, "http://prowlarr:9696", headers={"X-Api-Key": KEY}, transport=httpx.MockTransport(answer))

    class Failing(dict[str, httpx.AsyncBaseTransport]):
        def get(self, _authority: str, default: object = None) -> httpx.AsyncBaseTransport:
            message = f"not found: {location}"
            return httpx.MockTransport(lambda _: httpx.Response(410, text=message))

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14"]

    return Prowlarr(remote, Redirects(SYSTEM, "http://prowlarr:9696", transports=Failing(), resolve=resolve))


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "location",
    [
        "https://indexer.example/dl.php?id=1&authkey={0}&torrent_pass={0}",
        "https://indexer.example/rss/{0}/1.torrent?rsskey={0}",
        "https://me:{0}@indexer.example/1",
        "ftp://indexer.example/{0}",
        "http://[{0}/",
    ],
)
async def test_no_error_contains_the_target_of_a_link(
    location: str, secret: str, a_missing_book: Callable[..., MissingBook]
) -> None:
    indexer = redirecting_to(location.format(secret), secret)
    (release,) = (await indexer.search(a_missing_book())).releases
    assert secret not in release.model_dump_json()
    with pytest.raises(RemoteAnsweredNonsense) as raised:
        await indexer.fetch(release)
    assert secret not in str(raised.value)


def test_a_release_keeps_its_id_while_its_guid_stays() -> None:
    guid = f"https://indexer.example/download/7?torrent_pass={SECRETS[0]}"
    assert release_id(3, guid) == release_id(3, guid) != release_id(4, guid)
    assert release_id(3, guid) != release_id(3, guid + "8")
