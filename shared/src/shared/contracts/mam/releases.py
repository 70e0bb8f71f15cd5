"""Releases and torrent files of MyAnonamouse."""

from typing import Annotated, ClassVar

from pydantic import Base64Bytes, BaseModel, Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.values import Indexer, InfoHash, Moment, SeriesPlace

Title = Annotated[str, StringConstraints(max_length=500)]


class Release(BaseModel):
    """One torrent on offer at an indexer, with what the indexer says of it in fields, never glued into the title."""

    indexer: Indexer
    id: str = Field(description="the indexer's own id, stable")
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    size_bytes: int
    files: int | None = None
    filetype: str | None = Field(None, examples=["m4b"])
    language: str | None = None
    category: str | None = None
    is_audio: bool | None = Field(None, description="what the indexer's category says; None when it says nothing")
    seeders: int = 0
    leechers: int = 0
    snatches: int = 0
    freeleech: bool = False
    vip: bool = False
    snatched_before: bool = False
    abridged: bool | None = None
    isbn: str | None = None
    asin: str | None = None
    tags: str = ""
    duration_minutes: int | None = Field(None, description="playing time of all its files together")
    bitrate_kbps: int | None = Field(None, description="bitrate of its audio, as the uploader's MediaInfo gives it")
    sampling_rate_hz: int | None = None
    published_at: Moment | None = None
    indexer_name: str = Field("MyAnonamouse", description="the tracker's name; behind Prowlarr there are many")
    structured: bool = Field(True, description="authors, narrators and series come in fields; else only in the title")
    download_reference: str = Field("", description="what fetching the torrent needs; never a link with a credential")


class MamAnswer(BaseModel):
    """What one query found, and how many queries there are for the book."""

    releases: list[Release]
    queries: int = Field(ge=0)


class QueryMam(Request[MamAnswer]):
    """Send one of the queries for a book to MyAnonamouse, the narrowest first; failures are refusals.

    Ask for the next one while nothing acceptable was found. No releases mean that this query found none.
    """

    subject: ClassVar[str] = "rpc.mam.query"
    timeout_seconds: ClassVar[float] = 45.0
    titles: list[Title] = Field(max_length=10, description="the work's titles, the one it is known by best first")
    authors: list[Title] = Field([], max_length=20)
    series: Title | None = None
    number: int = Field(0, ge=0, description="which of the queries, from 0")
    max_age_seconds: int = Field(900, ge=0, description="an answer this old may come from the cache")


class TorrentFile(BaseModel):
    """A torrent file, checked: it is bencoded and has an info dictionary."""

    content: Base64Bytes
    info_hash: InfoHash
    name: str
    size_bytes: int


class FetchMamTorrent(Request[TorrentFile]):
    """Fetch the torrent file of a release with the session that may have it."""

    subject: ClassVar[str] = "rpc.mam.fetch_torrent"
    timeout_seconds: ClassVar[float] = 45.0
    release_id: str = Field(pattern=r"^\d+$")
