"""Prowlarr's API, version 1: search of its indexers, and torrents through its links.

Each indexer is searched on its own, so that a failing one is named and does not delay or empty the answers of others.
Prowlarr's links contain the API key. They are stored without it, and used with the key in a header.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteThrottled, RemoteUnavailable
from shared.chassis.http import Remote, retry_after
from shared.chassis.logging import excerpt
from shared.chassis.redirects import REDIRECTS, Redirects
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from downloader.adapters.indexers.prowlarr.indexer_list import (
    AUDIOBOOKS,
    LeftOut,
    SearchedIndexer,
    divide,
    hosts_of,
    name_of,
    names_audiobooks,
)
from downloader.adapters.indexers.prowlarr.pauses import SLOW_PAUSE_SECONDS, Pauses
from downloader.adapters.indexers.prowlarr.queries import queries
from downloader.adapters.indexers.prowlarr.schemas import DISABLED_INDEXERS, INDEXERS, ROWS, STATUS, Row
from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import IndexerHealth, Offers
from downloader.domain.limits import with_mam_name
from downloader.domain.manual_download import without_passkeys

SYSTEM = "Prowlarr"
TIMEOUT_SECONDS = 60.0
"""The limit for the answer of one indexer. MyAnonamouse through Prowlarr can need more than 10 seconds."""
SEARCH_SECONDS = 70.0
"""The limit for one query at all indexers. It is below the limit of a search for which a person waits."""
MAX_SEARCH_BYTES = 8 * 2**20
MAX_TORRENT_BYTES = 10 * 2**20
_AT_ONCE = 8
"""Indexers that are searched at the same time."""
_MOST = 100
_NAMED = 6
"""Indexers that are named in one text. The others are counted."""
_REFUSALS = frozenset({400, 404, 409, 410, 422, 429, 500, 502, 503})
_DOWNLOAD_PATH = re.compile(r"/[0-9]{1,9}/download$")
_MAM_PAGE = re.compile(r"/t/(\d{1,12})/?$", re.ASCII)
_DESCRIPTION = re.compile(r'<error\b[^>]*\bdescription="([^"]{1,500})"')


@dataclass(frozen=True, slots=True)
class _Answer:
    """The releases of one indexer, or why there are none."""

    releases: Sequence[Release] = ()
    problem: str | None = None


class Prowlarr:
    """All indexers of one Prowlarr. Its methods raise the `RemoteError` family.

    `timeout_seconds` limits the answer of each indexer, `search_seconds` a whole search.
    """

    name = Indexer.PROWLARR

    def __init__(
        self,
        remote: Remote,
        redirects: Redirects | None = None,
        *,
        pauses: Pauses | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        search_seconds: float = SEARCH_SECONDS,
    ) -> None:
        self._remote = remote
        self._redirects = redirects or Redirects(remote.system, remote.url, max_bytes=MAX_TORRENT_BYTES)
        self._pauses = pauses or Pauses()
        self._timeout_seconds = timeout_seconds
        self._search_seconds = search_seconds
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def version(self) -> str:
        """Prowlarr's version."""
        return (await self._remote.json("GET", "/api/v1/system/status", STATUS)).version

    async def health(self) -> IndexerHealth:
        """Which indexers are searched, and which are left out, why, and what to do."""
        searched, left_out = await self._indexers()
        failed = [each for each in left_out if each.failed]
        problems = [f"{each}: {each.remedy}" for each in sorted(left_out, key=lambda each: not each.failed)]
        names = [each.name for each in searched]
        if not searched and not left_out:
            problems.append("it has no torrent indexer: add one in Prowlarr under Indexers")
        return IndexerHealth(names, _listed(problems), any_failed=bool(failed))

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send query `number` for a book to each indexer.

        For an indexer that fails, Prowlarr answers 200 without releases. Such indexers, and those that are left out,
        are reported as unavailable with what they said, because their releases are not known.
        """
        texts = queries(wanted)
        if number >= len(texts):
            return Offers([], queries=len(texts))
        deadline = asyncio.get_running_loop().time() + self._search_seconds
        try:
            async with asyncio.timeout_at(deadline):
                searched, left_out = await self._indexers()
        except TimeoutError as error:
            raise RemoteUnavailable(SYSTEM, f"it did not answer within {self._search_seconds:g} seconds") from error
        answers = await asyncio.gather(*(self._ask(each, texts[number], deadline) for each in searched))
        problems = [str(each) for each in left_out if each.failed]
        problems += [each.problem for each in answers if each.problem is not None]
        unavailable = f"{SYSTEM}: {_listed(problems)}" if problems else None
        return Offers([release for each in answers for release in each.releases], unavailable, len(texts))

    async def fetch(self, release: Release) -> Torrent:
        """Fetch the torrent of a release's link, or the magnet link that it redirects to.

        A redirect is followed only to a host of the release's indexer. Errors name the indexer, and say what it said.
        """
        reference = release.download_reference
        if reference.startswith("magnet:"):
            return from_magnet(SYSTEM, reference)
        if not reference:
            raise RemoteAnsweredNonsense(SYSTEM, f"the release {release.id} has no link")
        response = await self._remote.request("GET", reference, max_bytes=MAX_TORRENT_BYTES, accepted=_REFUSALS)
        if response.status_code in REDIRECTS:
            location = response.headers.get("location", "")
            behind = location if location.startswith("magnet:") else await self._follow(release, location)
            return from_magnet(SYSTEM, behind) if isinstance(behind, str) else from_bytes(SYSTEM, behind.content)
        if response.status_code in _REFUSALS:
            raise _refused_download(release, response)
        return from_bytes(SYSTEM, response.content)

    async def _follow(self, release: Release, location: str) -> httpx.Response | str:
        rows = await self._remote.json("GET", "/api/v1/indexer", INDEXERS)
        indexer_id = release.id.partition(":")[0]
        hosts = next((hosts_of(row) for row in rows if str(row.id) == indexer_id), frozenset())
        return await self._redirects.follow(location, only_to=hosts)

    async def _indexers(self) -> tuple[list[SearchedIndexer], list[LeftOut]]:
        """The indexers that are searched now, and those that are left out."""
        rows = await self._remote.json("GET", "/api/v1/indexer", INDEXERS)
        disabled = await self._remote.json("GET", "/api/v1/indexerstatus", DISABLED_INDEXERS)
        usable, left_out = divide(rows, disabled, datetime.now(UTC))
        searched, paused = self._pauses.divide(usable)
        return searched, [*left_out, *paused]

    async def _ask(self, indexer: SearchedIndexer, query: str, deadline: float) -> _Answer:
        """Search one indexer until the deadline of the whole search. A failure is an answer with a problem."""
        try:
            async with asyncio.timeout_at(deadline), self._slots:
                return await self._ask_in_time(indexer, query)
        except TimeoutError:
            why = f"was not searched: the search ended after {self._search_seconds:g} seconds"
            return _Answer(problem=f"{indexer.name} {why}")

    async def _ask_in_time(self, indexer: SearchedIndexer, query: str) -> _Answer:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._search(indexer, query)
        except TimeoutError:
            why = f"did not answer within {self._timeout_seconds:g} seconds"
            self._pauses.pause(indexer, why, SLOW_PAUSE_SECONDS)
        except RemoteThrottled as error:
            why = f"asks us to wait: {error.detail}"
            self._pauses.pause(indexer, why, error.retry_after_seconds)
        except RemoteError as error:
            why = f"could not be searched: {error.detail}"
        return _Answer(problem=f"{indexer.name} {why}")

    async def _search(self, indexer: SearchedIndexer, query: str) -> _Answer:
        params: list[tuple[str, str | int]] = [
            ("query", query), ("type", "search"), ("limit", _MOST), ("indexerIds", indexer.id),
            *(("categories", each) for each in indexer.categories),
        ]  # fmt: skip
        rows = await self._remote.json("GET", "/api/v1/search", ROWS, params=params, max_bytes=MAX_SEARCH_BYTES)
        releases = [release for row in rows[:_MOST] if (release := self._release(row, indexer)) is not None]
        return _Answer(releases, None if rows else await self._why_empty(indexer))

    async def _why_empty(self, indexer: SearchedIndexer) -> str | None:
        """Why an empty answer is a failure; None if the indexer has no such release.

        Prowlarr's search says nothing about a limit or a failure of an indexer, but its Torznab address does: 429 while
        the indexer is at its limit or disabled after failures, 410 if it is switched off.
        """
        path, params = f"/{indexer.id}/api", {"t": "caps"}
        response = await self._remote.request("GET", path, params=params, accepted={410, 429})
        return f"{indexer.name} was not searched: {_said(response)}" if response.status_code in (410, 429) else None

    def _release(self, row: Row, indexer: SearchedIndexer) -> Release | None:
        link = without_credentials(row.magnetUrl or row.downloadUrl or "")
        if row.protocol != "torrent" or not link:
            return None
        categories = [each.id for each in row.categories]
        if any(names_audiobooks(each) for each in row.categories) and AUDIOBOOKS not in categories:
            categories.append(AUDIOBOOKS)
        return Release(
            indexer=Indexer.PROWLARR,
            id=release_id(row.indexerId, row.guid),
            title=row.title,
            size_bytes=row.size,
            files=row.files,
            category=",".join(map(str, categories)) or None,
            seeders=row.seeders or 0,
            leechers=row.leechers or 0,
            snatches=row.grabs or 0,
            freeleech="freeleech" in (flag.casefold() for flag in row.indexerFlags),
            published_at=row.publishDate,
            indexer_name=with_mam_name(row.indexer) if indexer.is_mam else row.indexer,
            torrent_id=mam_torrent_id(row) if indexer.is_mam else None,
            structured=False,
            download_reference=link,
        )


def release_id(indexer_id: int, guid: str) -> str:
    """Our id of a release. A guid is hashed, because it is often the download link with the account's key."""
    return f"{indexer_id}:{sha256(guid.encode(errors='replace')).hexdigest()[:32]}"


def mam_torrent_id(row: Row) -> str | None:
    """The id of a torrent of MyAnonamouse, from the address of its page, which is also its guid; None: not there."""
    found = _MAM_PAGE.search(row.infoUrl or "") or _MAM_PAGE.search(row.guid)
    return found[1] if found else None


def without_credentials(link: str) -> str:
    """Path and query of a Prowlarr link without its key, or a magnet link without what may contain a passkey.

    Only what Prowlarr needs is kept: the number of the indexer, the link to it, which Prowlarr has encrypted, and the
    name of the file. Returns an empty text for any other link.
    """
    parts = urlsplit(link)
    if parts.scheme == "magnet":
        return without_passkeys(link)
    path = _DOWNLOAD_PATH.search(parts.path)
    parameters = [(name, value) for name, value in parse_qsl(parts.query) if name in ("link", "file")]
    return f"{path[0]}?{urlencode(parameters)}" if path else ""


def _refused_download(release: Release, response: httpx.Response) -> RemoteError:
    """The error of a download that Prowlarr or the indexer refused."""
    name = name_of(release.indexer_name, 0)
    words = f"{name} refused the download: {_said(response)} ({response.status_code})"
    if response.status_code == 429 or (response.status_code == 503 and "retry-after" in response.headers):
        return RemoteThrottled(SYSTEM, words, retry_after(response))
    return RemoteUnavailable(SYSTEM, words) if response.status_code >= 500 else RemoteAnsweredNonsense(SYSTEM, words)


def _said(response: httpx.Response) -> str:
    """What Prowlarr wrote about an error, without secrets."""
    found = _DESCRIPTION.search(response.text[:4_000])
    said = unescape(found[1]) if found else response.text[:600]
    return excerpt(said)[:200].strip() or "no reason was given"


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _NAMED
    return "; ".join(texts[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
