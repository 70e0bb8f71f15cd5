"""Typed searches at MyAnonamouse, and the releases that were seen in any search."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.contracts.mam.account import PersonWaits
from shared.contracts.mam.releases import BrowseFlag, Release
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page
from shared.contracts.values import Day, InfoHash, Moment, Words

CategoryId = Annotated[int, Field(gt=0, lt=10_000)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Bytes = Annotated[int, Field(ge=0, le=2**50)]
LONGEST_PAGE = 100


class MainCategory(StrEnum):
    """A main category of MyAnonamouse."""

    AUDIOBOOKS = "audiobooks"
    EBOOKS = "ebooks"
    MUSICOLOGY = "musicology"
    RADIO = "radio"


class MamLanguage(StrEnum):
    """A language by which MyAnonamouse can filter."""

    ENGLISH = "english"
    CHINESE = "chinese"
    SPANISH = "spanish"
    RUSSIAN = "russian"
    CZECH = "czech"
    DUTCH = "dutch"
    UKRAINIAN = "ukrainian"
    PORTUGUESE = "portuguese"
    FRENCH = "french"
    GERMAN = "german"
    JAPANESE = "japanese"
    SWEDISH = "swedish"
    ITALIAN = "italian"
    POLISH = "polish"
    OTHER = "other"
    BRAZILIAN_PORTUGUESE = "brazilian_portuguese"


class ReleaseKind(StrEnum):
    """Which releases a search lists."""

    ALL = "all"
    ACTIVE = "active"
    INACTIVE = "inactive"
    FREELEECH = "freeleech"
    FREELEECH_OR_VIP = "freeleech_or_vip"
    VIP = "vip"
    NOT_VIP = "not_vip"
    WITHOUT_METADATA = "without_metadata"


class SearchOrder(StrEnum):
    """The order of the releases of a search."""

    RELEVANCE = "relevance"
    MOST_SEEDERS = "most_seeders"
    MOST_LEECHERS = "most_leechers"
    MOST_SNATCHED = "most_snatched"
    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"


class MamSearch(Model):
    """A search at MyAnonamouse. Every word of the texts must match, each in one of the fields that are searched.

    `text` is searched in title, author and series; any other text also in its own field. Without texts, all releases
    that pass the filters are listed.
    """

    model_config = ConfigDict(frozen=True)

    text: Words | None = Field(None, description="words of the title, author or series")
    title: Words | None = None
    author: Words | None = None
    series: Words | None = None
    narrator: Words | None = None
    isbn: Annotated[str, StringConstraints(pattern=r"^[\dXx -]{10,17}$")] | None = None
    asin: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{10}$")] | None = None
    release_id: Annotated[str, StringConstraints(pattern=r"^\d{1,12}$")] | None = None
    info_hash: InfoHash | None = None
    main_categories: Annotated[list[MainCategory], Field(max_length=4)] = [MainCategory.AUDIOBOOKS]
    categories: Annotated[list[CategoryId], Field(max_length=50, description="ids of older categories")] = []
    new_categories: Annotated[
        list[CategoryId],
        Field(max_length=50, description="ids of newer categories; a release in one of either kind is listed"),
    ] = []
    languages: Annotated[list[MamLanguage], Field(max_length=20)] = []
    only_flags: Annotated[list[BrowseFlag], Field(max_length=6, description="only releases with these flags")] = []
    without_flags: Annotated[list[BrowseFlag], Field(max_length=6, description="no release with these flags")] = []
    kind: ReleaseKind = ReleaseKind.ALL
    only_snatched: bool = Field(False, description="only releases that this account has downloaded before")
    min_size_bytes: Bytes | None = None
    max_size_bytes: Bytes | None = None
    min_seeders: Count | None = None
    max_seeders: Count | None = None
    min_snatches: Count | None = None
    max_snatches: Count | None = None
    added_from: Day | None = Field(None, description="first day of the upload, in UTC")
    added_before: Day | None = Field(None, description="the day after the last day of the upload, in UTC")
    order: SearchOrder = SearchOrder.MOST_SEEDERS
    page: int = Field(0, ge=0, le=10_000, description="number of the page, from 0")
    page_size: int = Field(LONGEST_PAGE, ge=5, le=LONGEST_PAGE)

    @model_validator(mode="after")
    def _flags_in_one_direction(self) -> Self:
        if self.only_flags and self.without_flags:
            raise ValueError("give only_flags or without_flags: MyAnonamouse filters in one direction at a time")
        return self


class FoundPage(Model):
    """A page of releases. `found` counts all that match; a page past the end is empty, with `found` above 0.

    With `new_categories`, the page has only those of its releases that are in one of the categories.
    """

    releases: list[Release] = []
    found: int = Field(0, ge=0)
    page: int = Field(0, ge=0)
    page_size: int = LONGEST_PAGE


class SearchMam(Request[FoundPage]):
    """Send a typed search to MyAnonamouse, or answer it from the cache."""

    subject: ClassVar[str] = "rpc.mam.search"
    timeout_seconds: ClassVar[float] = 45.0
    search: MamSearch
    max_age_seconds: int = Field(900, ge=0, description="an answer up to this age may come from the cache")
    person_waits: PersonWaits = False


SeenSort = Literal[
    "seen_at", "-seen_at", "published_at", "-published_at", "seeders", "-seeders", "snatches", "-snatches",
    "size_bytes", "-size_bytes", "title", "-title",
]  # fmt: skip


class SeenRelease(Model):
    """A release as it was last seen at MyAnonamouse, by any search or top list."""

    release: Release
    first_seen_at: Moment
    seen_at: Moment


class ListSeenReleases(Request[Page[SeenRelease]]):
    """List the releases that were seen at MyAnonamouse, last seen first by default. It sends no request to the site.

    Every word of `query` must match the title, an author, a narrator, a series, the ISBN or the ASIN.
    """

    subject: ClassVar[str] = "rpc.mam.list_seen_releases"
    limit: Limit = 50
    offset: Offset = 0
    sort: SeenSort = Field("-seen_at", description="with a leading - in descending order")
    query: Words | None = None
    language: Words | None = Field(None, description="three-letter code", examples=["ENG"])
    category_id: CategoryId | None = Field(None, description="id of an older category", examples=[41])
    filetype: Words | None = Field(None, examples=["m4b"])
    audio: bool | None = Field(None, description="true: only audiobooks; false: only others")
    freeleech: bool | None = None
    vip: bool | None = None
    snatched: bool | None = Field(None, description="true: only releases that this account has downloaded before")
    abridged: bool | None = Field(None, description="true: only abridged releases; false: only others")
    min_size_bytes: Bytes | None = None
    max_size_bytes: Bytes | None = None
    min_seeders: Count | None = None
    seen_since: Moment | None = None
