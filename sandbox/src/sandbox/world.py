"""The format of a world: the data file from which all stand-ins answer.

A world file is JSON. The stand-ins serve everything except `works` and `truth`; only the scorer reads `truth`. The
format is documented in `sandbox/README.md`. `sandbox.validation` loads and checks a file.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Sequence = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(-\d+(\.\d+)?)?$")]
"""A position in a series: "1", "2.5", "0", or a range such as "1-3" for an omnibus."""


class Part(BaseModel):
    """Base class of every part of a world. Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WorkKind(StrEnum):
    """What kind of book a work is."""

    NOVEL = "novel"
    NOVELLA = "novella"
    COLLECTION = "collection"
    OMNIBUS = "omnibus"
    COMPANION = "companion"
    TRANSLATION = "translation"
    EXCERPT = "excerpt"
    SUMMARY = "summary"
    UNPUBLISHED = "unpublished"


class SeriesPlace(Part):
    """A series of a work, and its position in it."""

    name: str
    sequence: Sequence | None = None


class Edition(Part):
    """One published edition of a work."""

    id: str
    format: Literal["audio", "ebook", "print"] = "audio"
    narrators: list[str] = []
    duration_minutes: int | None = Field(None, gt=0, description="duration of an audio edition")
    asin: str | None = Field(None, pattern=r"^[A-Z0-9]{10}$")
    isbn: str | None = Field(None, pattern=r"^(\d{9}[\dX]|\d{13})$")
    language: str = "English"
    publisher: str | None = None
    published: date | None = None
    abridged: bool = False
    dramatized: bool = False


class Work(Part):
    """A book as its author wrote it. What providers say about it is in their records."""

    id: str
    title: str
    subtitle: str | None = None
    other_titles: list[str] = Field(default=[], description="other titles of the same work")
    authors: list[str] = Field(min_length=1)
    kind: WorkKind = WorkKind.NOVEL
    series: list[SeriesPlace] = []
    contains: list[str] = Field(default=[], description="ids of the works in an omnibus")
    translation_of: str | None = None
    language: str = "English"
    published: date | None = None
    editions: list[Edition] = []


class OwnedFile(Part):
    """One audio file of a library item. Its name may include subfolders."""

    name: str
    duration_seconds: float = Field(gt=0)


class OwnedBook(Part):
    """One item of the Audiobookshelf library. Its metadata may be incomplete or wrong, as in a real library."""

    id: str = Field(description="the id of the item in Audiobookshelf")
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    folder: str = Field(description="path in the library folder, e.g. 'L. Frank Baum/Oz/01 - The Wonderful Wizard'")
    tags: list[str] = []
    genres: list[str] = []
    asin: str | None = None
    isbn: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    abridged: bool = False
    duration_minutes: int = Field(600, gt=0)
    files: list[OwnedFile] = Field(default=[], description="empty: one m4b of duration_minutes")
    files_missing: bool = Field(False, description="Audiobookshelf lists the book but cannot find its files")
    added: date = date(2025, 1, 1)


class ProviderRecord(Part):
    """One entry in the catalogue of a provider. It may be late, incomplete or wrong."""

    id: str
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    asin: str | None = None
    isbn: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = "English"
    duration_minutes: int | None = None
    format: Literal["audio", "ebook", "print"] = "audio"
    abridged: bool = False
    dramatized: bool = False
    compilation: bool = Field(False, description="the provider marks it as a box set or omnibus")
    description: str | None = None
    genres: list[str] = []
    popularity: int = Field(100, ge=0, description="number of readers or ratings; results are sorted by it")
    merged_into: str | None = Field(
        None, description="at Hardcover: the id of the record that this one was merged into"
    )
    is_part: bool = Field(False, description="at Hardcover: marked as a part of a book")
    marketplaces: list[str] = Field(
        [], description="at Audible: where the book is sold (us, de, ...); empty: everywhere"
    )

    def is_sold_in(self, marketplace: str) -> bool:
        """Whether Audible's marketplace of this code lists the book."""
        return not self.marketplaces or marketplace in self.marketplaces


class AudioFile(Part):
    """One file of a release. Its content, real audio of one tone, is generated on download."""

    name: str
    duration_minutes: float | None = Field(None, gt=0, description="None: not audio (a cover, an nfo)")
    truncated: bool = Field(False, description="cut off in the middle, like a broken upload")
    silent: bool = Field(False, description="no sound from start to end, like a failed conversion")


CorrectedField = Literal[
    "title",
    "subtitle",
    "authors",
    "narrators",
    "series",
    "sequence",
    "asin",
    "isbn",
    "publisher",
    "published_year",
    "language",
]


class OfferHealth(StrEnum):
    """How the download of an offer really behaves."""

    WELL = "well"
    SLOW = "slow"
    DEAD = "dead"


class Offer(Part):
    """One release listed at an indexer."""

    id: str = Field(pattern=r"^\d+$", description="the torrent id at MyAnonamouse, or the number in Prowlarr's guid")
    indexer: Literal["mam", "prowlarr"]
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    filetype: str = "m4b"
    language: str = "English"
    category: int = Field(41, description="MyAnonamouse category id (13xx audiobooks: 39-119); Prowlarr shows 3030")
    main_category: Literal[13, 14, 15, 16] = 13
    size_bytes: int = Field(gt=0, description="the size in the listing")
    seeders: int = Field(10, ge=0)
    leechers: int = 0
    snatched: int = 50
    free: bool = False
    vip: bool = False
    personal_free: bool = Field(False, description="free for this account only, because it spent a wedge")
    vip_until: date | None = Field(None, description="the day on which VIP ends; None: never")
    my_snatched: bool = False
    new_categories: list[int] = Field([], description="further ids of newer categories at MyAnonamouse")
    browse_flags: int = Field(0, ge=0, description="bits of the browse flags at MyAnonamouse, in addition to abridged")
    abridged: bool = False
    isbn: str | None = None
    asin: str | None = None
    tags: str = ""
    description: str = ""
    added: date = date(2025, 6, 1)
    added_days_ago: int | None = Field(
        None, ge=0, description="at MyAnonamouse: the days since the upload, not `added`"
    )
    prowlarr_indexer: str = "AudioTracker"
    health: OfferHealth = OfferHealth.WELL
    files: list[AudioFile] = Field(min_length=1)
    folder: str | None = Field(None, description="name of the folder in the torrent; None: a single file")
    tagged_title: str | None = Field(None, description="the title in the tags of the files; None: as in the listing")

    @property
    def key(self) -> str:
        """The key by which the truth refers to this offer: 'mam:900001'."""
        return f"{self.indexer}:{self.id}"


class Snatch(Part):
    """A torrent that the account downloaded before, and that still has to seed."""

    id: str = Field(pattern=r"^\d+$", description="the torrent id")
    title: str
    size_bytes: int = Field(500 * 2**20, gt=0)
    bucket: Literal["seedUnsat", "inactUnsat", "seedHnr", "inactHnr"] = Field(
        "seedUnsat", description="the list of the site: whether it seeds now, and whether it is a hit-and-run"
    )
    seeded_hours: float = Field(24.0, ge=0)
    completed_days_ago: float = Field(2.0, ge=0)


class Account(Part):
    """The standing of the account at MyAnonamouse."""

    username: str = "reader"
    uid: int = 1001
    classname: str = "Power User"
    ratio: float = 4.2
    uploaded_bytes: int = 420 * 2**30
    downloaded_bytes: int = 100 * 2**30
    seedbonus: float = 25_000.0
    wedges: int = 3
    vip_until: str | None = None
    unsatisfied: int = Field(4, ge=0)
    unsatisfied_limit: int = Field(100, ge=0)
    snatches: list[Snatch] = Field(
        default=[], description="torrents in the detailed list; `unsatisfied` is not computed from them"
    )


Timestamp = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")]
"""A time in UTC, as the site shows it."""


class SiteGuide(Part):
    """A guide of MyAnonamouse, by its number at the site."""

    number: int = Field(ge=1)
    title: str
    author: str
    category: str
    tags: list[str] = []
    changed: Timestamp
    framed: bool = Field(False, description="the content is in a frame")
    html: str


class Post(Part):
    """A post of a forum topic."""

    number: int = Field(ge=1)
    author: str
    posted: Timestamp
    html: str


class Topic(Part):
    """A topic of a forum board."""

    number: int = Field(ge=1)
    title: str
    posts: list[Post] = Field(min_length=1)


class Board(Part):
    """A forum board of MyAnonamouse."""

    number: int = Field(ge=1)
    name: str
    topics: list[Topic] = []


class ReadingList(Part):
    """A list of wanted books that a user keeps at a site."""

    site: str = Field(description="the provider at whose site it is: 'goodreads' or 'hardcover'")
    user: str = Field(description="the name of the user, or the number at a site that has no names")
    name: str = Field(pattern=r"^[a-z0-9-]+$", description="the name of the list in its address")
    books: list[str] = Field(description="ids of records of the site's catalogue, in the order of adding")


class MissingTruth(Part):
    """One book that the library does not contain and that Gapless should find."""

    work: str
    reason: Literal["series_gap", "author_gap"] = "series_gap"
    acceptable_releases: list[str] = Field(default=[], description="'mam:ID' or 'prowlarr:ID'; empty: nothing to grab")


class CorrectionTruth(Part):
    """One right change of metadata. A change to a value that is not listed is wrong."""

    book: str
    field: CorrectedField
    accepted: list[str] = Field(min_length=1, description="the right values, as strings; lists as 'A, B'")
    required: bool = Field(True, description="false: the change may be made, but need not be")


class Truth(Part):
    """The expected results of a cycle. Only the scorer reads them."""

    missing: list[MissingTruth] = []
    optional: list[str] = Field(
        default=[], description="works that may be reported missing, but need not be: neither right nor wrong"
    )
    neutral_releases: list[str] = Field(
        default=[],
        description="releases that are neither right nor wrong: good ones of optional works, and bad ones whose "
        "listing does not show the fault (a broken upload)",
    )
    corrections: list[CorrectionTruth] = []
    harmless_fields: list[str] = Field(
        default=["description", "genres", "tags", "cover", "explicit"],
        description="fields that may be filled if they are empty, without being listed in corrections",
    )


class World(Part):
    """A whole world. The format is documented in `sandbox/README.md`."""

    format: Literal["gapless-world/1"] = "gapless-world/1"
    name: str
    description: str = ""
    settings: dict[str, str] = Field(default={}, description="settings of Gapless for a demo of this world, by name")
    works: list[Work]
    library: list[OwnedBook]
    providers: dict[str, list[ProviderRecord]] = Field(
        {}, description="the catalogue of each provider, by its name; a provider without records finds nothing"
    )
    offers: list[Offer] = []
    account: Account = Account()
    guides: list[SiteGuide] = Field([], description="guides of MyAnonamouse")
    boards: list[Board] = Field([], description="forum boards of MyAnonamouse")
    reading_lists: list[ReadingList] = Field([], description="lists of wanted books at the sites of providers")
    truth: Truth = Truth()
