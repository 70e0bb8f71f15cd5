"""Releases and torrent files of MyAnonamouse."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Base64Bytes, Field, StringConstraints

from shared.contracts.mam.account import PersonWaits
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import Indexer, InfoHash, Moment, SeriesPlace

Title = Annotated[str, StringConstraints(max_length=500)]


class BrowseFlag(StrEnum):
    """What an uploader declares about the content of a release at MyAnonamouse."""

    CRUDE_LANGUAGE = "crude_language"
    VIOLENCE = "violence"
    SOME_EXPLICIT = "some_explicit"
    EXPLICIT = "explicit"
    ABRIDGED = "abridged"
    LGBT = "lgbt"


class Release(Model):
    """One torrent offered by an indexer. What the indexer reports is in fields, not only in the title."""

    indexer: Indexer
    id: str = Field(description="the indexer's stable id")
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    size_bytes: int
    files: int | None = None
    filetype: str | None = Field(None, examples=["m4b"])
    language: str | None = None
    category: str | None = None
    category_id: int | None = Field(None, description="id of the category at MyAnonamouse", examples=[41])
    new_category_ids: list[int] = Field(
        [], description="ids of the newer categories; a new upload may have only these", examples=[[13]]
    )
    is_audio: bool | None = Field(None, description="according to the indexer's category; null: unknown")
    seeders: int = 0
    leechers: int = 0
    snatches: int = 0
    freeleech: bool = Field(False, description="for everybody, or for this account")
    personal_freeleech: bool = Field(False, description="for this account; up to 20 minutes late")
    vip: bool = Field(False, description="it does not count for members with VIP")
    vip_until: Moment | None = Field(None, description="when VIP ends; null: never, or it is not VIP")
    snatched_before: bool = Field(False, description="by this account; up to 20 minutes late")
    abridged: bool | None = None
    flags: list[BrowseFlag] = Field([], description="what the uploader declares about the content")
    isbn: str | None = None
    asin: str | None = None
    tags: str = ""
    duration_minutes: int | None = Field(None, description="total playing time of all files")
    bitrate_kbps: int | None = Field(None, description="audio bitrate, from the uploader's MediaInfo")
    sampling_rate_hz: int | None = None
    published_at: Moment | None = None
    indexer_name: str = Field("MyAnonamouse", description="name of the tracker; Prowlarr searches many")
    torrent_id: str | None = Field(
        None,
        description="id at MyAnonamouse of a torrent that Prowlarr found there; null: it does not say",
        examples=["900001"],
    )
    structured: bool = Field(
        True, description="true: authors, narrators and series are in fields; false: only in the title"
    )
    download_reference: str = Field("", description="reference for fetching the torrent; never a link with credentials")


class MamAnswer(Model):
    """The releases that one query found, and the number of queries that exist for the book."""

    releases: list[Release]
    queries: int = Field(ge=0)


class QueryMam(Request[MamAnswer]):
    """Send one of the queries for a book to MyAnonamouse; query 0 is the narrowest.

    Send the next query while nothing acceptable was found. An empty list means that the query found nothing; a failed
    query is refused.
    """

    subject: ClassVar[str] = "rpc.mam.query"
    timeout_seconds: ClassVar[float] = 45.0
    titles: list[Title] = Field(max_length=10, description="titles of the work, best known first")
    authors: list[Title] = Field([], max_length=20)
    series: Title | None = None
    isbn: Annotated[str, StringConstraints(pattern=r"^\d{13}$")] | None = Field(
        None, description="an ISBN of the work; the last query searches it"
    )
    number: int = Field(0, ge=0, description="number of the query, from 0")
    max_age_seconds: int = Field(900, ge=0, description="an answer up to this age may come from the cache")
    person_waits: PersonWaits = False


class TorrentFile(Model):
    """A validated torrent file: it is bencoded and has an info dictionary."""

    content: Base64Bytes
    info_hash: InfoHash
    name: str
    size_bytes: int


class FetchMamTorrent(Request[TorrentFile]):
    """Fetch the torrent file of a release with the session of the account."""

    subject: ClassVar[str] = "rpc.mam.fetch_torrent"
    timeout_seconds: ClassVar[float] = 45.0
    release_id: str = Field(pattern=r"^\d+$")
    person_waits: PersonWaits = False
