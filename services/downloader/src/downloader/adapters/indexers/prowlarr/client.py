"""Prowlarr's API, version 1: search of its indexers, and torrents through its links.

Its links contain the API key. They are stored without it, and used with the key in a header.
"""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict, TypeAdapter
from shared.books.releases.search_words import (
    bare_title,
    distinct_surnames,
    distinct_titles,
    significant_words,
    unambiguous_words,
)
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.http import Remote
from shared.chassis.redirects import REDIRECTS, Redirects
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, Moment

from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Offers

SYSTEM = "Prowlarr"
TIMEOUT_SECONDS = 60.0
AUDIOBOOKS = 3030
_MOST = 100
_MAX_QUERIES = 6


class _Category(BaseModel):
    id: int


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")

    guid: str
    indexerId: int
    indexer: str = ""
    title: str
    size: int = 0
    files: int | None = None
    grabs: int | None = None
    seeders: int | None = None
    leechers: int | None = None
    publishDate: Moment | None = None
    downloadUrl: str | None = None
    magnetUrl: str | None = None
    indexerFlags: list[str] = []
    categories: list[_Category] = []
    protocol: str = "torrent"


class _DisabledIndexer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    indexerId: int
    disabledTill: Moment | None = None


class _Status(BaseModel):
    model_config = ConfigDict(extra="ignore")

    version: str


_ROWS = TypeAdapter(list[_Row])
_DISABLED_INDEXERS = TypeAdapter(list[_DisabledIndexer])
_STATUS = TypeAdapter(_Status)


class Prowlarr:
    """All indexers of one Prowlarr. Its methods raise the `RemoteError` family."""

    name = Indexer.PROWLARR

    def __init__(self, remote: Remote, redirects: Redirects | None = None) -> None:
        self._remote = remote
        self._redirects = redirects or Redirects(remote)

    async def version(self) -> str:
        """Prowlarr's version."""
        return (await self._remote.json("GET", "/api/v1/system/status", _STATUS)).version

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send query `number` for a book.

        For an indexer that it has disabled temporarily, Prowlarr answers 200 without releases. Such indexers are
        reported as unavailable, because their releases are not known.
        """
        queries = _queries(wanted)
        releases: list[Release] = []
        if number < len(queries):
            params: list[tuple[str, str | int]] = [
                ("query", queries[number]), ("type", "search"), ("categories", AUDIOBOOKS), ("limit", _MOST),
            ]  # fmt: skip
            rows = await self._remote.json("GET", "/api/v1/search", _ROWS, params=params)
            releases = [release for row in rows if (release := self._release(row)) is not None]
        return Offers(releases, await self._disabled_indexers(), len(queries))

    async def fetch(self, release: Release) -> Torrent:
        """Fetch the torrent of a release's link, or the magnet link that it redirects to."""
        reference = release.download_reference
        if reference.startswith("magnet:"):
            return from_magnet(SYSTEM, reference)
        if not reference:
            raise RemoteAnsweredNonsense(SYSTEM, f"the release {release.id} has no link")
        response = await self._remote.request("GET", reference)
        if response.status_code in REDIRECTS:
            behind = await self._redirects.follow(response.headers.get("location", ""))
            return from_magnet(SYSTEM, behind) if isinstance(behind, str) else from_bytes(SYSTEM, behind.content)
        if response.status_code == 404:
            raise RemoteAnsweredNonsense(SYSTEM, "the release's link no longer exists (404)")
        return from_bytes(SYSTEM, response.content)

    async def _disabled_indexers(self) -> str | None:
        now = datetime.now(UTC)
        rows = await self._remote.json("GET", "/api/v1/indexerstatus", _DISABLED_INDEXERS)
        disabled = [row for row in rows if row.disabledTill is not None and row.disabledTill > now]
        if not disabled:
            return None
        until = max(row.disabledTill for row in disabled if row.disabledTill)
        numbers = ", ".join(str(row.indexerId) for row in disabled)
        return f"Prowlarr has disabled its indexer {numbers} until {until:%H:%M} UTC"

    def _release(self, row: _Row) -> Release | None:
        link = row.magnetUrl or row.downloadUrl
        if row.protocol != "torrent" or not link:
            return None
        return Release(
            indexer=Indexer.PROWLARR,
            id=release_id(row.indexerId, row.guid),
            title=row.title,
            size_bytes=row.size,
            files=row.files,
            category=",".join(str(each.id) for each in row.categories) or None,
            seeders=row.seeders or 0,
            leechers=row.leechers or 0,
            snatches=row.grabs or 0,
            freeleech="freeleech" in (flag.casefold() for flag in row.indexerFlags),
            published_at=row.publishDate,
            indexer_name=row.indexer,
            structured=False,
            download_reference=without_credentials(link).removeprefix(urlsplit(self._remote.url).path),
        )


def release_id(indexer_id: int, guid: str) -> str:
    """Our id of a release. A guid is hashed, because it is often the download link with the account's key."""
    return f"{indexer_id}:{sha256(guid.encode(errors='replace')).hexdigest()[:32]}"


def without_credentials(link: str) -> str:
    """Path and query of a Prowlarr link without its key, or a magnet link without its trackers.

    The address of a private tracker contains the account's passkey; peers are found by hash without it.
    """
    parts = urlsplit(link)
    secret = {"apikey", "api_key", "passkey", "authkey", "torrent_pass", "rsskey", "token", "tr"}
    parameters = [(name, value) for name, value in parse_qsl(parts.query) if name.casefold() not in secret]
    if parts.scheme == "magnet":
        return f"magnet:?{urlencode(parameters, safe=':')}"
    return f"{parts.path}?{urlencode(parameters)}"


def _queries(wanted: MissingBook) -> list[str]:
    """Title and author, then the words that have only one spelling, then the title alone.

    Trackers match every word, so small words are left out.
    """
    titles = distinct_titles((wanted.title, *wanted.other_titles))
    surnames = distinct_surnames((*wanted.authors, *wanted.other_authors))
    words = [" ".join(significant_words(fold(bare_title(title)).split())) for title in titles]
    texts = [f"{title} {' '.join(surnames[:1])}" for title in words]
    if words and surnames:
        texts += [f"{words[0]} {other}" for other in surnames[1:2]]
        if sure := fold(" ".join(unambiguous_words(titles[0]))):
            texts.append(f"{sure} {surnames[0]}")
    texts += words[:1]
    return list(dict.fromkeys(text for query in texts if (text := query.strip())))[:_MAX_QUERIES]
