"""Prowlarr's API, version 1: search over its indexers, and torrents through its own links.

Those links carry its API key. Stored is a link without it; the key goes in a header when the link is used.
"""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel, ConfigDict, TypeAdapter
from shared.books.releases.search_words import (
    bare_title,
    differing_surnames,
    differing_titles,
    sure_words,
    telling_words,
)
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.http import Remote
from shared.chassis.redirects import REDIRECTS, Redirects
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, Moment

from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.ports import Offers, Torrent

SYSTEM = "Prowlarr"
TIMEOUT_SECONDS = 60.0
AUDIOBOOKS = 3030
_MOST = 100
_MOST_QUERIES = 6


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


class _Switched(BaseModel):
    model_config = ConfigDict(extra="ignore")

    indexerId: int
    disabledTill: Moment | None = None


class _Status(BaseModel):
    model_config = ConfigDict(extra="ignore")

    version: str


_ROWS = TypeAdapter(list[_Row])
_SWITCHED = TypeAdapter(list[_Switched])
_STATUS = TypeAdapter(_Status)


class Prowlarr:
    """An indexer that stands for many."""

    name = Indexer.PROWLARR

    def __init__(self, remote: Remote, redirects: Redirects | None = None) -> None:
        self._remote = remote
        self._redirects = redirects or Redirects(remote)

    async def version(self) -> str:
        return (await self._remote.json("GET", "/api/v1/system/status", _STATUS)).version

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send one of the queries for a book.

        Prowlarr answers 200 without the releases of an indexer that it has switched off for a while; that is not
        "nothing on offer", so it is told beside what was found.
        """
        queries = _queries(wanted)
        releases: list[Release] = []
        if number < len(queries):
            params: list[tuple[str, str | int]] = [
                ("query", queries[number]), ("type", "search"), ("categories", AUDIOBOOKS), ("limit", _MOST),
            ]  # fmt: skip
            rows = await self._remote.json("GET", "/api/v1/search", _ROWS, params=params)
            releases = [release for row in rows if (release := self._release(row)) is not None]
        return Offers(releases, await self._switched_off(), len(queries))

    async def fetch(self, release: Release) -> Torrent:
        """The torrent behind a release's link, or the magnet link that it leads to."""
        reference = release.download_reference
        if reference.startswith("magnet:"):
            return from_magnet(SYSTEM, reference)
        if not reference:
            raise RemoteAnsweredNonsense(SYSTEM, f"the release {release.id} came without a link")
        answer = await self._remote.request("GET", reference)
        if answer.status_code in REDIRECTS:
            behind = await self._redirects.follow(answer.headers.get("location", ""))
            return from_magnet(SYSTEM, behind) if isinstance(behind, str) else from_bytes(SYSTEM, behind.content)
        if answer.status_code == 404:
            raise RemoteAnsweredNonsense(SYSTEM, "the release's link leads nowhere any more (404)")
        return from_bytes(SYSTEM, answer.content)

    async def _switched_off(self) -> str | None:
        now = datetime.now(UTC)
        rows = await self._remote.json("GET", "/api/v1/indexerstatus", _SWITCHED)
        off = [row for row in rows if row.disabledTill is not None and row.disabledTill > now]
        if not off:
            return None
        until = max(row.disabledTill for row in off if row.disabledTill)
        numbers = ", ".join(str(row.indexerId) for row in off)
        return f"Prowlarr has switched off its indexer {numbers} until {until:%H:%M} UTC"

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
    """How a release is known to us. A guid is often the download link itself, with the account's key in it."""
    return f"{indexer_id}:{sha256(guid.encode(errors='replace')).hexdigest()[:32]}"


def without_credentials(link: str) -> str:
    """A link through Prowlarr as path and query without its key; a magnet link without its trackers' addresses.

    A private tracker's address holds the account's passkey; peers are found by hash without it.
    """
    parts = urlsplit(link)
    secret = {"apikey", "api_key", "passkey", "authkey", "torrent_pass", "rsskey", "token", "tr"}
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name.casefold() not in secret]
    if parts.scheme == "magnet":
        return f"magnet:?{urlencode(kept, safe=':')}"
    return f"{parts.path}?{urlencode(kept)}"


def _queries(wanted: MissingBook) -> list[str]:
    """By title and author, then by the words that everybody spells alike, then by title alone.

    Trackers match every word, so small words are left out.
    """
    titles = differing_titles((wanted.title, *wanted.other_titles))
    surnames = differing_surnames((*wanted.authors, *wanted.other_authors))
    words = [" ".join(telling_words(fold(bare_title(title)).split())) for title in titles]
    asked = [f"{title} {' '.join(surnames[:1])}" for title in words]
    if words and surnames:
        asked += [f"{words[0]} {other}" for other in surnames[1:2]]
        if sure := fold(" ".join(sure_words(titles[0]))):
            asked.append(f"{sure} {surnames[0]}")
    asked += words[:1]
    return list(dict.fromkeys(text for query in asked if (text := query.strip())))[:_MOST_QUERIES]
