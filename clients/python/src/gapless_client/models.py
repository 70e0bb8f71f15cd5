"""The models of the REST API.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from gapless_client.shapes import Choice, Model


class Ability(Choice):
    """What a provider can be queried for."""

    TITLE = "title"
    ASIN = "asin"
    ISBN = "isbn"
    SERIES = "series"
    AUTHOR = "author"
    CHAPTERS = "chapters"
    SIMILAR_AUTHORS = "similar_authors"


class MatchedSeries(Model):
    """A series and the position in it."""

    series: str
    sequence: str | None = None


class AbsMatch(Model):
    """One edition, with the field names of Audiobookshelf."""

    title: str
    subtitle: str | None = None
    author: str | None = None
    """separated by commas"""
    narrator: str | None = None
    """separated by commas"""
    publisher: str | None = None
    published_year: str | None = Field(None, alias="publishedYear")
    description: str | None = None
    cover: str | None = None
    """the address of a picture"""
    isbn: str | None = None
    asin: str | None = None
    genres: list[str] = []
    series: list[MatchedSeries] = []
    language: str | None = None
    duration: int | None = None
    """in minutes"""


class AbsMatches(Model):
    """The answer of a custom metadata provider."""

    matches: list[AbsMatch]


class AbsenceReason(Choice):
    """Why a missing book is not in the library yet."""

    NOT_SEARCHED = "not_searched"
    SEARCHING = "searching"
    APPROVAL = "approval"
    DECISION = "decision"
    DISK = "disk"
    ACCOUNT = "account"
    DELAYED = "delayed"
    UNAVAILABLE = "unavailable"
    NO_RELEASE = "no_release"
    UNACCEPTABLE = "unacceptable"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    DOWNLOADING = "downloading"
    IMPORTING = "importing"
    UPCOMING = "upcoming"
    IGNORED = "ignored"
    WAS_OWNED = "was_owned"


class Translatable(Model):
    """A sentence without its words. A figure is a text, a number, another sentence, or a list of these."""

    code: str
    figures: dict[str, Any] = {}


class Absence(Model):
    """Why a missing book is not in the library yet, and when it was and will be tried."""

    reason: AbsenceReason
    words: str | None = None
    """the reason in detail; null: there is no more to say"""
    download_id: UUID | None = None
    """the download for the book"""
    release_title: str | None = None
    """the release that is kept, downloaded or imported"""
    last_search: str | None = None
    """what the last search found"""
    last_searched_at: dt.datetime | None = None
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    next_try_at: dt.datetime | None = None
    """null: with the next search for wanted books, or never"""


class Standing(Model):
    """The standing of the account at MyAnonamouse."""

    username: str
    uid: int | None = None
    """the number of the member; null: not reported by the site"""
    classname: str
    ratio: float | None
    """null: infinite, because nothing was downloaded yet"""
    uploaded_bytes: int | None = None
    """null: not reported by the site"""
    downloaded_bytes: int | None = None
    """null: not reported by the site"""
    bonus_points: float
    wedges: int = 0
    vip_until: dt.datetime | None = None
    unsatisfied: int | None
    """torrents whose seeding duty of 72 hours is not met yet"""
    unsatisfied_limit: int | None
    hit_and_runs: int | None = None
    """null: not reported by the site"""
    connectable: str | None = None
    """`yes`, `no` or `offline`; null: not reported by the site"""
    read_at: dt.datetime


class AccountRoom(Model):
    """The room for further grabs. A value is null if the site does not report what it depends on."""

    reserved_slots: int
    """slots of our grabs that the site's figures do not include yet"""
    reserved_bytes: int
    """bytes of our grabs that the site does not count as downloaded yet"""
    slots_left: int | None
    """slots for automatic grabs"""
    slots_left_for_person: int | None
    """slots for grabs of a person"""
    min_ratio: float
    buffer_bytes: int | None
    """bytes that can be downloaded before the ratio reaches `min_ratio`; null: unlimited or unknown"""


class AccountRisk(Choice):
    """What can go wrong with the account."""

    SLOTS = "slots"
    RATIO = "ratio"
    VIP_END = "vip_end"
    SESSION_AGE = "session_age"
    HIT_AND_RUN = "hit_and_run"


class AccountWarning(Model):
    """One risk of the account, and whether it is near."""

    risk: AccountRisk
    near: bool
    words: str
    """the figures, and what to do"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SpendingPolicies(Model):
    """What is spent automatically. Every policy is off by default."""

    wedges: bool
    wedges_today: int
    """wedges spent since midnight UTC"""
    vip: bool
    upload: bool


class SessionKind(Choice):
    """What a session is for. The site refuses an API session for pages, and a browser session for JSON."""

    API = "api"
    BROWSER = "browser"


class SessionState(Choice):
    """Whether a session works, and if not, why."""

    NOT_CONFIGURED = "not_configured"
    UNTRIED = "untried"
    OK = "ok"
    DEAD = "dead"
    WRONG_ADDRESS = "wrong_address"
    WRONG_NETWORK = "wrong_network"
    WRONG_TYPE = "wrong_type"
    NOT_ALLOWED = "not_allowed"
    REFUSED = "refused"
    CHALLENGED = "challenged"
    LOGIN_REFUSED = "login_refused"
    LOGIN_LOCKED = "login_locked"
    PAUSED = "paused"
    THROTTLED = "throttled"
    AWAY = "away"


class TrackerSession(Model):
    """A session as it is stored. It contains no session value."""

    kind: SessionKind
    state: SessionState
    detail: str = ""
    """what was observed; empty if the session works"""
    remedy: str = ""
    """what to do; empty if there is nothing to do"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    closed_until: dt.datetime | None = None
    """no request is sent with this session before this time"""
    began_at: dt.datetime | None = None
    """when Gapless first saw this MAM_SESSION; null: not yet"""
    rotated_at: dt.datetime | None = None
    """when the site last replaced the value"""
    last_success_at: dt.datetime | None = None
    """when the site last accepted the session"""
    expires_at: dt.datetime | None = None
    """when the session expires unless it is used before"""


class Account(Model):
    """The account at MyAnonamouse: its newest standing, the room for grabs, the risks and the state of its session."""

    standing: Standing | None
    """null: it was never read"""
    room: AccountRoom | None
    """null: the standing was never read"""
    warnings: list[AccountWarning]
    seeding_duties: int
    """torrents that still have to seed, when the list was last read"""
    seeding_read_at: dt.datetime | None = None
    """null: the list was never read"""
    spending: SpendingPolicies
    sessions: list[TrackerSession] = []
    paused_until: dt.datetime | None = None
    """no request is sent before this time; null: not paused"""
    paused_because: str = ""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class AccountPoint(Model):
    """The account at one time: the last standing of a span."""

    at: dt.datetime
    ratio: float | None
    uploaded_bytes: int | None
    downloaded_bytes: int | None
    bonus_points: float
    wedges: int
    unsatisfied: int | None
    unsatisfied_limit: int | None
    hit_and_runs: int | None = None


class AccountHistory(Model):
    """The account over time, oldest first. Spans without a standing have no point."""

    seconds_between: int
    """length of a span; each has at most one point"""
    points: list[AccountPoint]


class AddWork(Model):
    """Add a work that no provider lists in the series. With a whole number as its place, it counts as a gap."""

    kind: Literal["add"]
    title: str
    authors: list[str] = []
    """empty: the authors of the series"""
    place: str
    isbn: str | None = None
    asin: str | None = None
    note: str | None = None
    """why, for those who read it later"""


class WorkState(Choice):
    """What the library knows of a work."""

    OWNED = "owned"
    MAYBE_OWNED = "maybe_owned"
    WANTED = "wanted"
    DOWNLOADING = "downloading"
    IGNORED = "ignored"
    WAS_OWNED = "was_owned"
    LEFT_OUT = "left_out"
    ABSENT = "absent"


class AddedWork(Model):
    """What the library knew of one work, and whether it is a missing book because of this request."""

    state: WorkState
    words: str = ""
    book_id: UUID | None = None
    missing_book_id: UUID | None = None
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    added: bool = False


class Scope(Choice):
    """What a key allows; each scope includes the ones before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class ApiKey(Model):
    """An API key without its secret value."""

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: dt.datetime
    last_used_at: dt.datetime | None
    """accurate to a few seconds; null: never used"""


class AskGuides(Model):
    """Answer a question from the stored guides and topics. The language model may take some time."""

    question: str
    passages: int = 5
    """maximum number of passages"""


class Assigned(Model):
    """A series, author or book to which a profile applies. The name is the one at the time of the assignment."""

    id: UUID
    name: str


class AudioFormat(Choice):
    """The format of an audiobook."""

    M4B = "m4b"
    M4A = "m4a"
    MP3 = "mp3"
    FLAC = "flac"
    OGG = "ogg"
    OPUS = "opus"
    AAC = "aac"
    WMA = "wma"
    WAV = "wav"


class FollowMode(Choice):
    """Which works of a series or an author become missing books."""

    ALL = "all"
    FROM_NOW_ON = "from_now_on"
    NONE = "none"
    AUTOMATIC = "automatic"


class CompletionStatus(Choice):
    """How much is owned: partial from 50 %, incomplete below, unknown before the first comparison."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class Author(Model):
    """An author of at least one book of the library."""

    id: UUID
    """id of an author"""
    name: str
    followed: bool = False
    """whether `follow` is `all` or `from_now_on`"""
    follow: FollowMode = FollowMode.AUTOMATIC
    follow_from: dt.date | None = None
    """in the mode `from_now_on`, only works released after this day are wanted"""
    owned: int
    missing: int
    """works that a search for wanted books would search or is downloading"""
    upcoming: int = 0
    """announced works that become missing books on their release date"""
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    last_checked_at: dt.datetime | None = None
    last_check_problem: str | None = None


class AuthorEntry(Model):
    """An author to follow. The library need not contain a book by them."""

    name: str
    followed: bool = True
    """true is the same as `follow: all`, false as `follow: automatic`"""
    follow: Literal["automatic", "all", "from_now_on", "none"] | None = None
    """overrides `followed`"""


class AuthorStatistics(Model):
    """The statistics of one author."""

    owned: int
    missing: int
    total: int | None = None
    completion_percent: float | None = None
    duration_seconds: float
    """playing time of all owned books"""
    size_bytes: int
    formats: dict[str, int]
    """books by file format"""


class AuthorUpdate(Model):
    """Changes to an author; fields that are left out do not change. Only an author added by hand can be renamed."""

    name: str | None = None
    followed: bool | None = None
    """false: `follow` becomes `automatic`; true: `all`, unless it is `from_now_on`"""
    follow: Literal["automatic", "all", "from_now_on", "none"] | None = None
    """overrides `followed`"""


class Balance(Model):
    """What the account has to spend."""

    bonus_points: float
    wedges: int


class BibliographyOf(Choice):
    """The kind of subject whose works are listed."""

    SERIES = "series"
    AUTHOR = "author"


class BlockCandidate(Model):
    """Block the release of a stored candidate without grabbing it. Blocking it twice changes nothing."""

    candidate_id: UUID
    """id of a candidate of a download"""
    reason: str = "blocked by a person"


class Indexer(Choice):
    """A source of releases."""

    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"


class BlockRelease(Model):
    """Block a release, so that it is never grabbed. Blocking it twice changes nothing.

    Downloads that would grab the release, or wait for a decision about it, are searched again.
    """

    indexer: Indexer
    release_id: str
    """the indexer's id, as returned by a search"""
    title: str
    reason: str = "blocked by a person"


class BlockedRelease(Model):
    """A release that is never grabbed again."""

    id: UUID
    indexer: Indexer
    release_id: str
    title: str
    reason: str
    blocked_at: dt.datetime
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SeriesPlace(Model):
    """A series and the sequence in it."""

    name: str
    sequence: str | None = None


class BookStatus(Choice):
    """The state of a book. A duplicate is a second item of one folder; an archived book is no longer in the library."""

    ACTIVE = "active"
    DUPLICATE = "duplicate"
    ARCHIVED = "archived"


class Confidence(Choice):
    """How certain it is that a provider's entry describes this book."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    UNMATCHED = "UNMATCHED"


class MatchDecision(Choice):
    """What a person decided about the identity of a book."""

    CHOSEN = "chosen"
    PINNED = "pinned"
    UNMATCHED = "unmatched"


class Book(Model):
    """One item of the Audiobookshelf library, or a book that is owned elsewhere and was added by hand."""

    id: UUID
    """id of a book in the library"""
    abs_id: str | None = None
    """id in Audiobookshelf; null for a book added by hand"""
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    """as in Audiobookshelf, completed from title and folder"""
    series_evidence: str | None = None
    """where a series or sequence was read that Audiobookshelf does not have"""
    series_in_abs: list[SeriesPlace] = []
    """the series in Audiobookshelf, when `series` differs and `series_evidence` is set"""
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: list[str] = []
    tags: list[str] = []
    cover: str | None = None
    """where the cover is from: an address, or its path in Audiobookshelf; null: it has none"""
    chapters: str | None = None
    """what it has as chapters, with a mark that changes with them; null: it has none"""
    duration_seconds: float | None = None
    size_bytes: int | None = None
    format: str | None = None
    """extension of its audio files, without the dot"""
    abridged: bool = False
    path: str
    """relative to the library folder; empty for a book added by hand"""
    contents: list[str] = []
    """the books inside this one item: the folder (ends with /) or a file of each, relative to `path`"""
    file_names: list[str] = []
    """the names of its first and its last audio file"""
    status: BookStatus = BookStatus.ACTIVE
    files_missing_since: dt.datetime | None = None
    """since when Audiobookshelf reports its files as missing; it counts as owned for some more days"""
    metadata_source: dict[str, str] = {}
    """the source of each field; MANUAL: set by a person; UNLOCKED: set by a person and unlocked since"""
    locked_fields: list[
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
    ] = []
    """the fields that a person locked"""
    last_metadata_update_at: dt.datetime | None = None
    match_confidence: Confidence | None = None
    """how surely the last refresh found it at a provider; null: not refreshed yet"""
    match_decision: MatchDecision | None = None
    """what a person decided about its match; null: nothing"""
    added_at: dt.datetime
    updated_at: dt.datetime
    completeness_percent: int
    """Percentage of title, authors, narrators, year, language, description, and ASIN or ISBN that have a value."""


class Reason(Model):
    """One reason for a decision: the rule, what was found and expected in words, and the weight in the score."""

    rule: str
    words: str
    weight: float = 0.0
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class CorrectionStatus(Choice):
    """The state of a correction. An undone one restored the old value."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class Correction(Model):
    """The change of one field of one book: old value, new value, source, reasons and time."""

    id: UUID
    book_id: UUID
    """id of a book in the library"""
    abs_id: str | None = None
    book_title: str
    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    old: str | list[str] | list[SeriesPlace] | bool | None = None
    new: str | list[str] | list[SeriesPlace] | bool | None = None
    source: str
    confidence: Confidence
    reasons: list[Reason] = []
    status: CorrectionStatus
    status_detail: str | None = None
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    made_by: str = "gapless"
    made_at: dt.datetime
    undone_at: dt.datetime | None = None
    run_id: UUID | None = None
    """the run that made it"""


class BookCorrected(Model):
    """The result of a manual change: a correction for each changed field, and the fields that had the value already."""

    corrections: list[Correction]
    unchanged: list[
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
    ] = []


class EnteredValuesGivenPlace(Model):
    """A series and the sequence in it, as a person enters them."""

    name: str
    sequence: str | None = None


class BookEntry(Model):
    """A book that is owned elsewhere. It counts as owned and is never searched for."""

    title: str
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[EnteredValuesGivenPlace] = []
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: list[str] = []
    tags: list[str] = []
    duration_seconds: float | None = None
    size_bytes: int | None = None
    abridged: bool = False


class BookFilter(Model):
    """Which books are selected, in the body of a call."""

    status: BookStatus | None = BookStatus.ACTIVE
    author: str | None = None
    series: str | None = None
    narrator: str | None = None
    language: str | None = None
    series_id: UUID | None = None
    author_id: UUID | None = None
    added_after: dt.datetime | None = None
    incomplete: bool | None = None
    files_missing: bool | None = None
    match_confidence: Confidence | None = None
    match_decision: MatchDecision | None = None


class BookFound(Model):
    """A book that a finding concerns, and what to do about it."""

    id: UUID
    """id of a book in the library"""
    path: str
    """relative to the library folder"""
    words: str


class FieldLock(Model):
    """A locked field, and why: a person locked it, or set its value."""

    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    why: Literal["locked", "set_by_person"]


class BookLocks(Model):
    """The locked fields of a book. The others may be changed automatically."""

    book_id: UUID
    """id of a book in the library"""
    locked: list[FieldLock]


class CataloguedWork(Model):
    """One entry of a provider's catalogue."""

    id: str
    """the provider and its id, e.g. 'AUDIBLE:B0XXXXXXXX'"""
    provider: str
    origin: str | None = None
    """the provider whose data this one copies; both count as one source; null: it has its own data"""
    title: str
    other_titles: list[str] = []
    """titles of other editions in the same language"""
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    published_year: int | None = None
    duration_minutes: int | None = None
    is_audio: bool | None = None
    """the entry is or has an audio edition; null: unknown"""
    abridged: bool | None = None
    compilation: bool | None = None
    popularity: int = 0
    description: str | None = None
    """not included in bibliographies"""
    genres: list[str] = []
    cover: str | None = None
    """the address of its cover"""


class Match(Model):
    """What a person decided about the identity of a book. It holds until it is replaced or deleted."""

    book_id: UUID
    """id of a book in the library"""
    book_title: str
    decision: MatchDecision
    entry: CataloguedWork | None = None
    """the chosen entry, or the pinned edition, as it was decided; null if no provider listed it"""
    asin: str | None = None
    """the pinned ASIN"""
    isbn: str | None = None
    """the pinned ISBN"""
    reason: str | None = None
    decided_by: str
    decided_at: dt.datetime


class Reading(Model):
    """A title, and authors if known, that the providers are searched for."""

    title: str
    authors: list[str] = []
    """empty: `title` has words of any field"""


class FieldDifference(Model):
    """A field in which the book differs from the given metadata."""

    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    old: str | list[str] | list[SeriesPlace] | bool | None = None
    new: str | list[str] | list[SeriesPlace] | bool | None = None


class MatchCandidate(Model):
    """A provider's entry that may be the book, and what choosing it would change."""

    entry: CataloguedWork
    confidence: Confidence
    edition: str
    """how its recording relates to the book's"""
    distance: float
    """of titles, authors and places in series, from 0 (the same) to 1"""
    reasons: list[Reason]
    chosen: bool = False
    """a person decided that the book is this entry"""
    changes: list[FieldDifference]
    """what choosing it would change"""


class BookMatch(Model):
    """The candidates of a book, the surest first, and what a person decided."""

    book_id: UUID
    """id of a book in the library"""
    book_title: str
    confidence: Confidence
    """of the surest candidate; HIGH if a person chose or pinned an edition, UNMATCHED if a person decided that no entry
    is the book
    """
    decision: Match | None = None
    readings: list[Reading] = []
    """what the providers were searched for besides identifiers"""
    candidates: list[MatchCandidate]
    answered: list[str] = []
    """the providers that answered"""
    failures: dict[str, str] = {}
    """the providers that failed, and why"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class BookSelection(Model):
    """Books by their ids, or all that a list contains."""

    ids: list[UUID] | None = None
    filter: BookFilter | None = None
    """every item that the list with these filters contains"""
    expected: int | None = None
    """with `filter`: how many items you saw; refused with the present number if it differs"""


class BookUpdate(Model):
    """Changes to a book; fields left out do not change. Only `status` of a book in Audiobookshelf can be changed."""

    status: Literal["active", "duplicate"] | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: list[str] | None = None
    narrators: list[str] | None = None
    series: list[EnteredValuesGivenPlace] | None = None
    isbn: str | None = None
    asin: str | None = None
    publisher: str | None = None
    published_year: str | None = None
    language: str | None = None
    description: str | None = None
    genres: list[str] | None = None
    tags: list[str] | None = None
    duration_seconds: float | None = None
    size_bytes: int | None = None
    abridged: bool | None = None


class BooksToImport(Model):
    """Books to add. An invalid item is refused; the others are added."""

    items: list[BookEntry | dict[str, Any]]


class BrowseFlag(Choice):
    """What an uploader declares about the content of a release at MyAnonamouse."""

    CRUDE_LANGUAGE = "crude_language"
    VIOLENCE = "violence"
    SOME_EXPLICIT = "some_explicit"
    EXPLICIT = "explicit"
    ABRIDGED = "abridged"
    LGBT = "lgbt"


class BrowserSession(Model):
    """One browser that is signed in. The value of its cookie is not shown."""

    id: UUID
    address: str
    """where it signed in from"""
    browser: str
    """as the browser describes itself"""
    person: str | None = None
    """who signed in with OpenID Connect; null: with the password or an API key"""
    created_at: dt.datetime
    last_used_at: dt.datetime
    """accurate to a minute"""


class BulkRefresh(Model):
    """Selects the books to refresh, and whether anything is changed."""

    book_id: UUID | None = None
    """only this book, by the rules of the mode"""
    series_id: UUID | None = None
    """only the books of this series"""
    author_id: UUID | None = None
    """only the books of this author"""
    author: str | None = None
    """only books by an author with this name"""
    series: str | None = None
    """only books of a series with this name"""
    narrator: str | None = None
    """only books read by this narrator"""
    language: str | None = None
    """only books in this language"""
    added_after: dt.datetime | None = None
    """only books that were added to the library after this moment"""
    mode: Literal["FULL", "NEW", "MISSING"]
    """FULL: every book, including changes to doubtful series; NEW: recently added books; MISSING: books that lack a
    required field. NEW and MISSING only fill empty fields
    """
    books: list[UUID] | None = None
    """only the books with these ids, such as some of those in the `plan` of a preview"""
    dry_run: bool = False
    """change nothing, and list in the `plan` of the run what would change"""


class SettingFault(Model):
    """What is wrong with the value of one setting."""

    setting: str
    """empty: several settings together, or none"""
    words: str
    """what is wrong"""
    to_do: str = ""
    """what to do: the expected format, and an example"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class Problem(Model):
    """An error answer: `code` is stable and meant for programs, `title` and `detail` are meant for people."""

    code: str
    title: str
    status: int
    detail: str = ""
    service: str | None = None
    retry_after_seconds: int | None = None
    request_id: str | None = None
    trace_id: str | None = None
    """id of the trace, if traces are exported"""
    matching: int | None = None
    """number of items that a filter matches now"""
    existing_id: UUID | None = None
    """id of the existing object that causes the conflict"""
    faults: list[SettingFault] | None = None
    """what is wrong with each setting"""
    translatable: dict[str, Translatable] | None = None


class RefusedItem(Model):
    """An item that was not changed, and why."""

    id: UUID
    problem: Problem


class BulkResult(Model):
    """The answers for the selected items."""

    done: list[UUID]
    """the items that were changed"""
    refused: int = 0
    """number of items that were not changed"""
    problems: list[RefusedItem] = []
    """the first 500 of them, each with the reason"""
    remaining: list[UUID] = []
    """items that were not reached in time; send their ids again"""


class WorkListsEntryState(Choice):
    """What the library has of a work."""

    OWNED = "owned"
    IN_OMNIBUS = "in_omnibus"
    MAYBE_OWNED = "maybe_owned"
    WAS_OWNED = "was_owned"
    MISSING = "missing"
    UPCOMING = "upcoming"
    IGNORED = "ignored"
    NOT_COUNTED = "not_counted"


class CalendarEntry(Model):
    """A work that is or was released on a day."""

    id: UUID
    """stays the same when the date changes"""
    date: dt.date
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: str | None = None
    place: str | None = None
    state: WorkListsEntryState
    why: str
    series_id: UUID | None = None
    """the followed series that lists it"""
    author_id: UUID | None = None
    """the followed author whose list contains it"""
    book_id: UUID | None = None
    missing_book_id: UUID | None = None


class CalendarKey(Model):
    """A calendar key without its secret value."""

    id: UUID
    name: str
    created_at: dt.datetime


class Release(Model):
    """One torrent offered by an indexer. What the indexer reports is in fields, not only in the title."""

    indexer: Indexer
    id: str
    """the indexer's stable id"""
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    size_bytes: int
    files: int | None = None
    filetype: str | None = None
    language: str | None = None
    category: str | None = None
    category_id: int | None = None
    """id of the category at MyAnonamouse"""
    new_category_ids: list[int] = []
    """ids of the newer categories; a new upload may have only these"""
    is_audio: bool | None = None
    """according to the indexer's category; null: unknown"""
    seeders: int = 0
    leechers: int = 0
    snatches: int = 0
    freeleech: bool = False
    """for everybody, or for this account"""
    personal_freeleech: bool = False
    """for this account; up to 20 minutes late"""
    vip: bool = False
    """it does not count for members with VIP"""
    vip_until: dt.datetime | None = None
    """when VIP ends; null: never, or it is not VIP"""
    snatched_before: bool = False
    """by this account; up to 20 minutes late"""
    abridged: bool | None = None
    flags: list[BrowseFlag] = []
    """what the uploader declares about the content"""
    isbn: str | None = None
    asin: str | None = None
    tags: str = ""
    duration_minutes: int | None = None
    """total playing time of all files"""
    bitrate_kbps: int | None = None
    """audio bitrate, from the uploader's MediaInfo"""
    sampling_rate_hz: int | None = None
    published_at: dt.datetime | None = None
    indexer_name: str = "MyAnonamouse"
    """name of the tracker; Prowlarr searches many"""
    torrent_id: str | None = None
    """id at MyAnonamouse of a torrent that Prowlarr found there; null: it does not say"""
    structured: bool = True
    """true: authors, narrators and series are in fields; false: only in the title"""
    download_reference: str = ""
    """reference for fetching the torrent; never a link with credentials"""


class Verdict(Choice):
    """The result of judging a release. A person decides on a doubtful one."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTFUL = "doubtful"


class RuleReason(Model):
    """What one rule found. A reason without a verdict explains what matches the wanted book or edition."""

    rule: str
    words: str
    weight: float = 0.0
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    verdict: Verdict | None = None
    got: str | None = None
    """what the rule found"""
    want: str | None = None
    """what the rule expects"""
    temporary: bool = False
    """it is about the account or the disk, and may differ soon"""


class GrabFigures(Model):
    """The figures of the account with which a grab was assessed."""

    unsatisfied: int | None
    """unsatisfied torrents according to the site; null: unknown"""
    unsatisfied_limit: int | None
    """the site's limit of unsatisfied torrents; null: unknown"""
    reserved_slots: int
    """slots of our grabs that the site's figures do not include yet"""
    kept_free: int
    """slots that this grab must leave free"""
    slots_left: int | None
    """slots for further grabs like this one, before it; null: unknown"""
    ratio: float | None
    """null: infinite"""
    ratio_after: float | None
    """the ratio after this grab; null: infinite or unknown"""
    min_ratio: float
    reserved_bytes: int
    """bytes of our grabs that the site does not count as downloaded yet"""
    paid_bytes: int
    """bytes of this grab that will count as downloaded; 0 if it is free"""
    buffer_bytes: int | None
    """bytes that can be downloaded before the ratio reaches the floor, less the reserved bytes; null: unlimited or
    unknown
    """
    free: bool
    """the grab costs no ratio"""
    wedge: bool = False
    """a freeleech wedge was or will be spent for this grab"""
    standing_read_at: dt.datetime


class GrabCost(Model):
    """What a grab costs the account at MyAnonamouse."""

    slots: int
    """slots for unsatisfied torrents that it uses"""
    slots_left: int | None
    """slots for further grabs like this one, after it; null: unknown"""
    paid_bytes: int
    """bytes that will count as downloaded; 0 if it is free"""
    ratio: float | None
    """the ratio before it; null: infinite"""
    ratio_after: float | None
    """the ratio after it; null: infinite or unknown"""
    wedge: bool
    """a freeleech wedge was or will be spent for it"""


class Candidate(Model):
    """A judged release as it is stored with a download."""

    release: Release
    verdict: Verdict
    score: float
    """from 0 to 1; orders the releases with one verdict, the best first"""
    reasons: list[RuleReason]
    account: GrabFigures | None = None
    """figures of the account at MyAnonamouse; null: they were not needed for this decision"""
    id: UUID
    download_id: UUID
    """id of a download"""
    grabbed: bool = False
    judged_at: dt.datetime
    cost: GrabCost | None
    """What a grab costs the account; null if it costs nothing there, or if the account was not read."""


class LogLevel(Choice):
    """How serious a record is, from the least to the most."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class ChangeLogLevels(Model):
    """The level to set for one service or for all."""

    service: str | None = None
    """null: all services"""
    level: LogLevel | None
    """the least serious level that is logged; null: LOG_LEVEL again"""
    minutes: int | None = None
    """for how long; null: until the service restarts"""


class ChangePassword(Model):
    """The password that replaces the present one."""

    password: str
    current: str | None = None
    """the present password, or an API key with the scope admin; not needed in a call with an API key"""


class ClockSkew(Model):
    """The difference between a clock and the clock of the gateway."""

    subject: str
    """a service or postgres"""
    seconds: float
    """seconds ahead of the gateway's clock; negative: behind; 0: no measurable difference"""


class FieldCompleteness(Model):
    """How many books have a value in one field."""

    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    books: int
    percent: float


class FindingKind(Choice):
    """The kinds of problems that a check of the library finds."""

    FILES_MISSING = "files_missing"
    BOOKS_GONE = "books_gone"
    FOLDER_SHOWN_TWICE = "folder_shown_twice"
    SEVERAL_BOOKS_IN_ONE_ITEM = "several_books_in_one_item"
    BOOK_INSIDE_BOOK = "book_inside_book"
    SAME_BOOK_TWICE = "same_book_twice"
    SERIES_READ = "series_read"
    SERIES_WITHOUT_PLACE = "series_without_place"
    PLACE_TWICE = "place_twice"
    PLACE_CONTRADICTED = "place_contradicted"
    SERIES_NAMES = "series_names"
    AUTHOR_SPELLINGS = "author_spellings"
    NARRATOR_AS_AUTHOR = "narrator_as_author"
    TITLE_POLLUTED = "title_polluted"
    NO_COVER = "no_cover"
    TINY_COVER = "tiny_cover"
    NO_LANGUAGE = "no_language"
    WRONG_LANGUAGE = "wrong_language"
    DURATION_FAR = "duration_far"
    ABRIDGED_UNMARKED = "abridged_unmarked"


class LibraryFinding(Model):
    """One kind of problem of the library, with the books that it concerns."""

    kind: FindingKind
    count: int
    """number of books that it concerns"""
    words: str
    """what was found"""
    to_do: str
    """what to do about it"""
    books: list[BookFound] = []
    """the first of these books"""


class Completeness(Model):
    """How complete the metadata of the active books is, and the findings about the library as a whole."""

    books: int
    complete: int
    """books that have every field that any book should have"""
    percent: float
    """percentage of the books that are complete; 100 when there are none"""
    fields: list[FieldCompleteness]
    findings: list[LibraryFinding] = []


class ConversionKind(Choice):
    """How the audio of an import is changed before it is placed. The downloaded files stay as they are."""

    MERGE = "merge"
    TAG = "tag"


class Conversion(Model):
    """The merging of an import's files into one m4b, or the tagging of copies of them."""

    kind: ConversionKind
    progress: float = 0.0
    problem: str | None = None
    """why it failed; the files are then imported unchanged"""


class CorrectedWork(Model):
    """A work that a correction concerns, as it was listed then."""

    title: str
    authors: list[str] = []
    place: str | None = None
    """the place that it was given, or that it had"""
    book_id: UUID | None = None


class CorrectionFilter(Model):
    """Which corrections. All given conditions must hold, and at least one must be given."""

    run_id: UUID | None = None
    day: dt.date | None = None
    """the day on which they were made, in UTC"""
    made_from: dt.datetime | None = None
    made_before: dt.datetime | None = None
    book_id: UUID | None = None
    field: (
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None
    ) = None
    source: str | None = None
    """name of a provider in capitals, or MANUAL"""
    made_by: str | None = None
    """gapless, or the name of an API key"""


class CorrectionSelection(Model):
    """Corrections to undo: either by their ids, or every applied one that matches a filter."""

    ids: list[UUID] | None = None
    filter: CorrectionFilter | None = None


class SkippedCorrection(Model):
    """A correction that is not undone, and why."""

    id: UUID
    why: str
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class CorrectionsUndone(Model):
    """The corrections that are being undone. Each is undone when the library has restored its value."""

    undoing: int
    by_field: dict[str, int] = {}
    skipped: list[SkippedCorrection] = []
    """selected ids that are unknown or not applied"""
    remaining: int = 0
    """corrections that match and are still applied: at most 5,000 are undone in one request"""


class CrawlState(Choice):
    """The state of the crawler."""

    NEVER_RUN = "never_run"
    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FAILED = "failed"


class UnreadablePage(Model):
    """A page that could not be read, because the site has changed it."""

    path: str
    """the path and query of the page"""
    selector: str
    """the selector that did not match"""
    read_at: dt.datetime


class CrawlerStatus(Model):
    """The state of the crawler, the figures of its current or last crawl, and what is stored."""

    state: CrawlState
    run_id: UUID | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    fetched: int = 0
    """pages fetched in this crawl"""
    unchanged: int = 0
    """listed pages that were not fetched again, because they have not changed"""
    failed: int = 0
    """pages of this crawl that could not be read"""
    problem: str = ""
    """why the crawl ended early, or the last page that could not be read"""
    waiting: int = 0
    """pages to fetch"""
    next_address: str | None = None
    """the page that is fetched next"""
    guides: int = 0
    """stored guides"""
    topic_pages: int = 0
    """stored pages of forum topics"""
    boards: list[str] = []
    """forum boards that are crawled (MAM_CRAWL_BOARDS)"""
    unreadable_pages: list[UnreadablePage] = []
    """for each selector that did not match, the last such page; torrents and top lists as well"""


class ReleaseReference(Model):
    """A release, identified as in a search result."""

    indexer: Indexer
    id: str
    """the indexer's id, as returned by a search"""


class CreateDownload(Model):
    """Create a download for a missing book, a release from a search, or a torrent that a person gives.

    Give exactly one of `missing_book_id`, `release`, `magnet`, `torrent` and `address`. A given torrent also needs
    the `missing_book_id` of the book that it is, or a `title`. It is judged like every release.

    A missing book without a release is searched now, also if its download failed or waits. A person asks for it, so
    an acceptable release is grabbed without another approval, whatever the settings say. Doubtful ones wait for a
    person.
    """

    missing_book_id: UUID | None = None
    release: ReleaseReference | None = None
    magnet: str | None = None
    """a magnet link"""
    torrent: str | None = None
    """a torrent file of at most 4 MiB"""
    address: str | None = None
    """the public address of a torrent file, or of a redirect to a magnet link"""
    override: bool = False
    """true: take a given torrent that a rule rejects, unless it is blocked or already grabbed"""
    title: str | None = None
    """the title of the book; replaces the title of the release"""
    authors: list[str] = []
    series: str | None = None
    sequence: str | None = None


class DailyBudget(Model):
    """How many requests of one kind are sent in a day, over all replicas. A day begins with its first request."""

    kind: str
    limit: int
    left: int
    renewed_at: dt.datetime | None = None
    """when the whole budget is available again; null: it is now"""


class DatabaseState(Model):
    """The state of Postgres. The share of each service is in its report."""

    server_version: str
    size_bytes: int
    connections: int
    """connections of all services to this database"""
    connections_limit: int
    """limit of the whole server"""


class DayCount(Model):
    """The open findings of each kind at the end of a day, in UTC."""

    day: dt.date
    open: dict[str, int]


class Severity(Choice):
    """How serious a finding is, least serious first."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class DoctorFinding(Model):
    """The result of one check."""

    area: str
    """what was checked"""
    subject: str
    """the service or outside system"""
    severity: Severity = Severity.OK
    words: str
    """what the check found"""
    to_do: str = ""
    """what to do about it; empty if nothing"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    since: dt.datetime | None = None
    """since when the doctor has found it; null: nothing is wrong, or the time is unknown"""


class Diagnosis(Model):
    """All findings; `healthy` if none of them is a fault."""

    healthy: bool
    checked_at: dt.datetime
    findings: list[DoctorFinding]


class PostgresShare(Model):
    """What a service uses of Postgres. It can see only the transactions of its own role."""

    schema_bytes: int
    """size of its tables and indexes"""
    connections: int
    oldest_transaction_seconds: float | None = None
    """null: no transaction is open"""
    outbox_oldest_seconds: float | None = None
    """how long the oldest unsent message has been ready to send; null: none"""


class SettingsState(Choice):
    """Whether a service runs with its settings.

    NEEDS_SETTINGS: required ones have no value, and it waits for them. WRONG_SETTINGS: it cannot run with the present
    ones; the gateway then runs without those that are wrong.
    """

    RUNNING = "running"
    NEEDS_SETTINGS = "needs_settings"
    WRONG_SETTINGS = "wrong_settings"


class ServiceReport(Model):
    """The report of a service about its own state."""

    service: str
    version: str
    started_at: dt.datetime
    schema_revision: str | None
    newest_revision: str | None = None
    """the schema revision that the service's code expects"""
    now: dt.datetime | None = None
    """clock of the service when it answered"""
    database_now: dt.datetime | None = None
    """clock of Postgres, read just before"""
    outbox_waiting: int
    failed_messages: int
    postgres: PostgresShare | None = None
    settings: SettingsState = SettingsState.RUNNING
    settings_words: str = ""
    """which settings it needs, or what is wrong with them"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    missing_settings: list[str] = []
    """required settings without a value"""
    details: dict[str, Any] = {}


class ServiceState(Model):
    """The report of one service, or the reason why it did not report. A service that waits for settings has both."""

    service: str
    report: ServiceReport | None = None
    problem: Problem | None = None


class FailedMessage(Model):
    """A message whose handling failed. It is stored with its error until it is resent or expires."""

    id: str
    service: str
    consumer: str
    message_subject: str
    body: str
    error: str
    attempts: int
    final: bool
    """true: it is not retried automatically any more"""
    first_failed_at: dt.datetime
    last_failed_at: dt.datetime


class Versions(Model):
    """The versions in use. The version of each service is in its report."""

    gapless: str
    python: str
    postgres: str | None = None
    """null: no answer"""
    nats: str | None = None
    """null: no answer"""


class StreamState(Model):
    """The state of one message stream."""

    name: str
    messages: int
    size_bytes: int
    size_limit_bytes: int
    consumers: int


class Lag(Model):
    """The backlog of one service for one kind of message."""

    stream: str
    service: str
    message_subject: str
    pending: int
    """not delivered yet"""
    unacknowledged: int
    """delivered but not acknowledged: in progress, or waiting for the next attempt"""
    redelivered: int
    """unacknowledged messages that were delivered more than once"""
    oldest_at: dt.datetime | None = None
    """when the oldest unprocessed message was sent; null: none"""
    oldest_seconds: float | None = None
    """age of the oldest unprocessed message"""


class Folder(Model):
    """A folder and its file system, as the downloader sees them."""

    name: Literal["downloads", "library"]
    path: str
    free_bytes: int | None = None
    """space that the service can use; null: not readable"""
    size_bytes: int | None = None
    """size of the whole file system"""
    keep_free_bytes: int = 0
    """nothing is grabbed that would leave less than this free"""
    problem: str = ""
    """why the folder cannot be read, and what to do"""


class OutgoingLimit(Model):
    """A rate limit that we observe at an outside system, and what is left of it."""

    client: str
    service: str
    words: str
    """the limit in words"""
    limit: int | None = None
    """requests per period; null: not limited by a count"""
    left: int | None = None
    renewed_at: dt.datetime | None = None
    """when the limit is fully renewed, or when the next request is allowed"""
    closed_until: dt.datetime | None = None
    """no request is sent before this time"""
    closed_because: str = ""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class Egress(Model):
    """Our public IP address. A session at the tracker is bound to it or to its network."""

    address: str
    network: str = ""
    """the network of the address"""
    seen_at: dt.datetime


class PublicAddresses(Model):
    """Three public addresses that should be the same: of Gapless, as registered, and of the torrent client."""

    seen: str = ""
    """as MyAnonamouse sees Gapless; empty: unknown"""
    registered: str = ""
    """as registered at MyAnonamouse; empty: not registered by Gapless"""
    client: list[str] = []
    """as the torrent client's network shows it; empty: unknown"""
    agree: bool | None = None
    """null: fewer than two of them are known"""
    findings: list[str] = []
    """which of them disagree and what to do, or why one is unknown"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class Diagnostics(Model):
    """The state of every service and of what it depends on, and the failed messages."""

    services: list[ServiceState]
    failed_messages: list[FailedMessage]
    versions: Versions
    streams: list[StreamState]
    """contents of the message streams"""
    lags: list[Lag]
    """the backlog of each service, oldest message first"""
    database: DatabaseState | None
    """null: no answer from Postgres"""
    folders: list[Folder]
    """disk space, as the downloader sees it"""
    limits: list[OutgoingLimit]
    """the rate limits at outside systems"""
    egress: Egress | None
    """our public address as the tracker sees it; null: unknown"""
    addresses: PublicAddresses
    """whether Gapless and the torrent client use the same network"""
    clocks: list[ClockSkew]
    """each clock compared with the gateway's"""
    untold: list[str]
    """what could not be determined, and why"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class DownloadStatus(Choice):
    """The state of a download. Imported, abandoned and cancelled ones are finished."""

    QUEUED = "queued"
    SEARCHING = "searching"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"


class DownloadSource(Choice):
    """The indexer of the grabbed release. MANUAL is a torrent that a person gave."""

    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"


class ErrorType(Choice):
    """The kind of a failure. It selects the delays before the retries."""

    NETWORK = "NETWORK"
    AUTH = "AUTH"
    TIMEOUT = "TIMEOUT"
    NO_RELEASE = "NO_RELEASE"
    CLIENT = "CLIENT"
    IMPORT_ = "IMPORT"
    VERIFY = "VERIFY"


class ReplacedBook(Model):
    """An owned book that a better release replaces. Its files are moved aside after the import, and never deleted."""

    book_id: UUID
    """id of a book in the library"""
    path: str
    """relative to the library folder"""
    format: str | None = None
    narrators: list[str] = []
    abridged: bool = False
    bitrate_kbps: float | None = None
    series_narrator: str | None = None
    """who must read it, because the profile keeps that narrator"""
    shortcomings: list[str] = []
    """what the quality profile wants of it"""
    moved_to: str | None = None
    """where its files are now; null: still in the library"""
    problem: str | None = None
    """why its files were not moved"""


class Download(Model):
    """One wanted book on its way from search to import."""

    id: UUID
    """id of a download"""
    missing_book_id: UUID | None = None
    title: str
    authors: list[str] = []
    series: str | None = None
    sequence: str | None = None
    priority: int = 0
    """higher is searched first"""
    status: DownloadStatus
    waiting_for: str | None = None
    """what it waits for, such as a person's decision"""
    source: DownloadSource | None = None
    release_id: str | None = None
    release_title: str | None = None
    info_hash: str | None = None
    in_pack: bool = False
    """true: its torrent holds several books, and downloads with the same `info_hash` share it"""
    client_state: str | None = None
    """the state that the download client reports"""
    progress: float = 0.0
    size_bytes: int | None = None
    retry_count: int = 0
    max_retries: int = 0
    error: str | None = None
    error_type: ErrorType | None = None
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    last_attempt_at: dt.datetime | None = None
    next_retry_at: dt.datetime | None = None
    delayed_until: dt.datetime | None = None
    """when the release kept for a delay is grabbed, unless a better one came; null: none is kept"""
    delayed_release_title: str | None = None
    library_path: str | None = None
    """relative to the library folder; set after the import"""
    conversion: Conversion | None = None
    """null: the files are placed as they are"""
    book_id: UUID | None = None
    replaces: ReplacedBook | None = None
    """the owned book that it replaces; null: a missing book"""
    created_at: dt.datetime
    updated_at: dt.datetime


class DownloadChanges(Model):
    """Changes to a download. Missing fields stay as they are."""

    priority: int | None = None
    """a higher priority is searched first"""
    max_retries: int | None = None
    """number of retries after a failure"""
    next_retry_at: dt.datetime | None = None
    """only for a failed download"""


class DownloadFilter(Model):
    """Which downloads are selected, in the body of a call."""

    status: list[DownloadStatus] = []
    """items with one of these; empty: with any"""
    missing_book_id: list[UUID] = []
    """downloads of these missing books, such as those of one page; empty: of any book or none"""
    source: list[DownloadSource] = []
    """items with one of these; empty: with any"""
    error_type: list[ErrorType] = []
    """items with one of these; empty: with any"""
    waiting: bool | None = None


class DownloadProgress(Model):
    """The current progress of a download; `problem` says why the client could not be queried."""

    id: UUID
    """id of a download"""
    status: DownloadStatus
    client_state: str | None = None
    """the state that the download client reports"""
    progress: float
    size_bytes: int | None = None
    downloaded_bytes: int | None = None
    speed_bytes_per_second: int | None = None
    eta_seconds: int | None = None
    """seconds until it is complete; null: unknown"""
    seeds: int | None = None
    live: bool
    """true: read from the client now; false: the last known state"""
    problem: str | None = None


class DownloadSelection(Model):
    """Downloads by their ids, or all that a list contains."""

    ids: list[UUID] | None = None
    filter: DownloadFilter | None = None
    """every item that the list with these filters contains"""
    expected: int | None = None
    """with `filter`: how many items you saw; refused with the present number if it differs"""


class EnteredMetadataGivenPlace(Model):
    """A series and the sequence in it, as a person enters them."""

    name: str
    sequence: str | None = None
    """a number such as "2" or "2.5", or a range such as "1-3" """


class EntryChoice(Choice):
    """What a person decides about an entry."""

    CANDIDATE = "candidate"
    AS_LISTED = "as_listed"
    IGNORE = "ignore"
    MATCH_AGAIN = "match_again"


class EntryDecision(Model):
    """A person's decision about an entry."""

    choice: EntryChoice
    candidate: str | None = None
    """the id of the candidate"""


class EntryJudgement(Model):
    """A provider's entry, and the confidence that it describes the same book."""

    entry: CataloguedWork
    confidence: Confidence
    reasons: list[Reason]


class EntryKind(Choice):
    """What kind of work an entry of a list is."""

    PRIMARY = "primary"
    NOVELLA = "novella"
    COLLECTION = "collection"
    ANTHOLOGY = "anthology"
    BOX_SET = "box_set"
    PART = "part"
    COMPANION = "companion"
    SUMMARY = "summary"
    EXCERPT = "excerpt"
    DRAMATIZATION = "dramatization"
    TRANSLATION = "translation"


class FactState(Choice):
    """The result of one test."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TESTED = "not_tested"


class FailedAttempt(Model):
    """A failure in the permanent record, with its number of occurrences."""

    id: UUID
    task: str
    item: str
    release_id: str | None = None
    error_type: ErrorType
    reason: str
    first_attempt_at: dt.datetime
    last_attempt_at: dt.datetime
    count: int
    permanent: bool
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class FieldJudgement(Model):
    """Whether a value is valid for a field, and the value that would be written."""

    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    ok: bool
    problem: str | None = None
    value: str | list[str] | list[SeriesPlace] | bool | None = None


class FieldsToLock(Model):
    """Every field that is to be locked. All others are unlocked, also those whose value a person set."""

    fields: list[
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
    ]


class FileReading(Model):
    """What was read of an uploaded file."""

    entries: int
    """the books in the file, each once"""
    added: int
    """books that the list did not name before"""
    removed: int
    """books that the list named before and that the file does not name"""
    unreadable: list[str] = []
    """the lines that could not be read, at most 50, each with the reason"""


class FindingStatus(Choice):
    """The state of a finding. An ignored finding stays ignored until the fact itself changes."""

    OPEN = "open"
    IGNORED = "ignored"
    SOLVED = "solved"


class Finding(Model):
    """One thing that is wrong in the library."""

    id: UUID
    kind: FindingKind
    status: FindingStatus
    book_ids: list[UUID]
    """the books that it concerns, at most 50"""
    words: str
    """what is wrong"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    evidence: list[Reason] = []
    """how it is known"""
    remedy: str
    """what to do about it"""
    repairable: bool
    """there are proposals that repair it; accepting the finding accepts them"""
    found_at: dt.datetime
    changed_at: dt.datetime
    decided_by: str | None = None
    """the API key that ignored it"""


class KindCount(Model):
    """The findings of one kind by status."""

    kind: FindingKind
    open: int
    ignored: int
    solved: int


class FindingCounts(Model):
    """The counts of the findings now, and by day."""

    kinds: list[KindCount]
    days: list[DayCount]
    """days on which a check ran, oldest first"""
    checked_at: dt.datetime | None = None
    """when the last check finished"""


class FindingFilter(Model):
    """Chooses findings by their ids, or by kind and book. At least one of them is required."""

    ids: list[UUID] | None = None
    kind: FindingKind | None = None
    book_id: UUID | None = None


class FindingsDecided(Model):
    """How many findings changed their status, and the ids of the first 500."""

    changed: int
    ids: list[UUID]


class FirstPassword(Model):
    """The password to set when there is none yet."""

    password: str


class FollowEffect(Model):
    """What changes if a series or an author is followed in another mode."""

    closes: int
    """missing books that are not wanted any more"""
    closed_titles: list[str] = []
    """the titles of the first 50 of them"""
    downloading: int = 0
    """missing books that would be closed, but are being downloaded and stay"""
    opens: int = 0
    """listed works that are only left out because of the present mode"""
    opened_titles: list[str] = []
    """the titles of the first 50 of them"""
    compares: bool = False
    """the lists of the providers are compared again, which may find more missing books"""


class FoundMatch(Model):
    """A missing book, or a book of the library, that found files may be."""

    missing_book_id: UUID | None = None
    book_id: UUID | None = None
    """set if the library has the book already"""
    title: str
    authors: list[str] = []
    confidence: Confidence
    reasons: list[Reason]
    """what speaks for and against it"""


class FoundBook(Model):
    """Audio files in a folder that are one book, as Audiobookshelf would see them."""

    path: str
    """the folder or the file"""
    files: int
    """number of audio files"""
    size_bytes: int
    duration_minutes: float
    """playing time by the headers of the files"""
    title: str
    """from the tags, or the name of the folder or file"""
    authors: list[str] = []
    narrators: list[str] = []
    problem: str = ""
    """why it cannot be imported; empty if it can"""
    matches: list[FoundMatch] = []
    """best first; empty if nothing fits"""


class FoundBooks(Model):
    """What was found in a folder."""

    books: list[FoundBook]
    truncated: bool
    """true: there are more; scan a folder below this one"""


class FoundPage(Model):
    """A page of releases. `found` counts all that match; a page past the end is empty, with `found` above 0.

    With `new_categories`, the page has only those of its releases that are in one of the categories.
    """

    releases: list[Release] = []
    found: int = 0
    page: int = 0
    page_size: int = 100


class JudgedRelease(Model):
    """A release that was judged for a wanted book, with the verdict, its reasons and what a grab costs."""

    release: Release
    verdict: Verdict
    score: float
    """from 0 to 1; orders the releases with one verdict, the best first"""
    reasons: list[RuleReason]
    account: GrabFigures | None = None
    """figures of the account at MyAnonamouse; null: they were not needed for this decision"""
    cost: GrabCost | None
    """What a grab costs the account; null if it costs nothing there, or if the account was not read."""


class FoundReleases(Model):
    """The releases found, best first, each judged as an automatic search would judge it.

    `problems` names the indexers that could not be searched, and why.
    """

    quality_profile: str = ""
    """name of the quality profile by which they are judged"""
    releases: list[JudgedRelease] = []
    problems: list[str] = []
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class Genre(Model):
    """A genre of audiobooks, and whether its top list is read."""

    name: str
    enabled: bool
    top10_count: int
    """number of entries of its top list"""
    min_seeders: int
    """minimum number of seeders of an entry"""
    category_ids: list[int] = []
    """ids of its older categories at MyAnonamouse"""
    new_category_ids: list[int] = []
    """ids of its newer categories at MyAnonamouse"""


class GenreMap(Model):
    """The stored genre map."""

    genres: dict[str, str | list[str] | None]
    """each genre or tag with what replaces it: another one, several, or null to drop it"""
    changed_at: dt.datetime | None = None
    """when it was last changed; null if it never was"""
    changed_by: str | None = None
    """name of the API key that changed it"""


class GenreRules(Model):
    """What becomes of each genre or tag. Case, accents and punctuation of the names on the left do not count.

    What a name becomes is not replaced again, so it may not be on the left with another replacement.
    """

    genres: dict[str, str | list[str] | None]
    """each genre or tag with what replaces it: another one, several, or null to drop it"""


class GenreUpdate(Model):
    """Changes to a genre; fields that are left out or null do not change."""

    enabled: bool | None = None
    top10_count: int | None = None
    min_seeders: int | None = None


class GivenMetadata(Model):
    """Fields of a book as a person enters them. Fields left out do not change; null or an empty list clears a field."""

    title: str | None = None
    """cannot be cleared"""
    subtitle: str | None = None
    authors: list[str] | None = None
    narrators: list[str] | None = None
    series: list[EnteredMetadataGivenPlace] | None = None
    isbn: str | None = None
    """ten or thirteen digits with a valid check digit"""
    asin: str | None = None
    """"B0" followed by eight letters or digits, or an ISBN of ten digits"""
    publisher: str | None = None
    published_year: str | None = None
    """four digits"""
    language: str | None = None
    """the name of a language, or its ISO 639 code"""
    description: str | None = None
    genres: list[str] | None = None
    tags: list[str] | None = None
    cover: str | None = None
    """the http or https address of a picture"""
    chapters: str | None = None
    """one line for each chapter, with its start and title: "0:12:30 The Wooden Horse" """
    abridged: bool | None = None
    """whether the recording is abridged; null: it is not"""


class GrabFoundRelease(Model):
    """Grab a release from an interactive search: create a download for it and send it to the download client.

    Releases that the rules reject are refused, unless only the account or the disk prevents the grab for now.
    """

    indexer: Indexer
    release_id: str
    """the indexer's id, as returned by a search"""
    missing_book_id: UUID | None = None
    """the missing book that it is grabbed for"""


class GrabRelease(Model):
    """Send one candidate to the download client because a person chose it.

    A doubtful candidate can be grabbed, a rejected one cannot.
    """

    download_id: UUID
    """id of a download"""
    candidate_id: UUID


class LibraryDay(Model):
    """The library at the end of a day, or now for today."""

    day: dt.date
    books: int
    """active books"""
    complete: int
    """books that have every field that any book should have"""
    missing: int
    """books that are missing and not ignored"""
    size_bytes: int
    duration_seconds: float


class Growth(Model):
    """The library over time, oldest first. A day on which nothing was recorded has no entry."""

    days: list[LibraryDay]


class GuideKind(Choice):
    """What a stored page is."""

    GUIDE = "guide"
    TOPIC = "topic"


class TorrentMention(Model):
    """A torrent that a guide or topic links to."""

    id: str
    title: str = ""
    """the text of the link"""


class Guide(Model):
    """A stored guide or topic page with its whole text."""

    id: UUID
    kind: GuideKind
    title: str
    page: int = 1
    """page of the topic; 1 for a guide"""
    author: str | None = None
    tags: list[str] = []
    board: str | None = None
    """board of the topic"""
    address: str
    """address of the page at the site"""
    dated_at: dt.datetime | None = None
    """when it was last changed, according to the site"""
    fetched_at: dt.datetime
    snippet: str = ""
    """HTML: passages of the text, escaped, with the words found in <mark>; empty without a query"""
    markdown: str
    """text written by members of the site; raw HTML in it is escaped"""
    links: list[str] = []
    """addresses that it links to"""
    torrents: list[TorrentMention] = []
    """torrents that it links to"""


class Passage(Model):
    """A part of a guide or topic that may answer a question. The answer cites it by its number."""

    number: int
    guide_id: UUID
    title: str
    heading: str = ""
    """the headings above the passage, from the outermost"""
    text: str
    """Markdown"""
    address: str


class GuideAnswer(Model):
    """The passages that answer a question, the best first, and the answer of the language model if there is one."""

    question: str
    passages: list[Passage]
    answer: str | None = None
    """worded by the language model from the passages, which it cites as [1]; null: no such answer"""
    model: str | None = None
    """the language model that worded the answer"""
    note: str = ""
    """why there is no worded answer"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class GuideEntry(Model):
    """A stored guide, or one page of a forum topic."""

    id: UUID
    kind: GuideKind
    title: str
    page: int = 1
    """page of the topic; 1 for a guide"""
    author: str | None = None
    tags: list[str] = []
    board: str | None = None
    """board of the topic"""
    address: str
    """address of the page at the site"""
    dated_at: dt.datetime | None = None
    """when it was last changed, according to the site"""
    fetched_at: dt.datetime
    snippet: str = ""
    """HTML: passages of the text, escaped, with the words found in <mark>; empty without a query"""


class GuideList(Model):
    """One page of the guides. With a query the best match comes first, otherwise the newest."""

    items: list[GuideEntry]
    total: int
    limit: int
    offset: int
    searched_for: str | None = None
    """the query after misspelled words were replaced, if nothing matched the original one"""


class ImportChoice(Model):
    """One thing that a person can decide about an import."""

    key: str
    words: str
    """what happens then"""


class ImportDecision(Model):
    """The key of one of the choices of a waiting import."""

    choice: str


class ImportFolder(Model):
    """Import the files of a folder, or one file, as a missing book or as the named book. The files stay there."""

    path: str
    """a folder or an audio file below one of IMPORT_FOLDERS"""
    missing_book_id: UUID | None = None
    """null: the book that `title` and `authors` name"""
    title: str | None = None
    authors: list[str] = []
    series: EnteredValuesGivenPlace | None = None


class RemovedEntries(Choice):
    """What happens to the missing book of an entry that the list no longer names."""

    KEEP = "keep"
    WITHDRAW = "withdraw"


class ImportListsEntryState(Choice):
    """What became of an entry."""

    NEW = "new"
    WANTED = "wanted"
    OWNED = "owned"
    DOUBTFUL = "doubtful"
    UNMATCHED = "unmatched"
    LEFT_OUT = "left_out"
    IGNORED = "ignored"


class ImportList(Model):
    """A list of books that a person wants."""

    id: UUID
    """id of an import list"""
    name: str
    kind: str
    address: str | None = None
    shelf: str
    enabled: bool
    auto_download: bool
    priority: int
    removed_entries: RemovedEntries
    created_at: dt.datetime
    read_at: dt.datetime | None = None
    """when it was last read completely"""
    problem: str | None = None
    """why it could not be read the last time"""
    counts: dict[str, int] = {}
    """its entries by state, without the removed ones"""
    removed: int = 0
    """entries that it named before"""


class ImportListEntry(Model):
    """One book of a list: as the list names it, what it was matched with, and what became of it."""

    id: UUID
    list_id: UUID
    """id of an import list"""
    title: str
    authors: list[str] = []
    isbn: str | None = None
    asin: str | None = None
    published_year: int | None = None
    state: ImportListsEntryState
    words: str = ""
    """why it has this state"""
    confidence: Confidence | None = None
    """how sure the match is; null: not matched"""
    reasons: list[Reason] = []
    work: CataloguedWork | None = None
    """the book that it was matched with"""
    candidates: list[EntryJudgement] = []
    """the books from which a person can choose"""
    book_id: UUID | None = None
    missing_book_id: UUID | None = None
    decided_by: str | None = None
    """the API key of the person who decided; null: nobody did"""
    decided_at: dt.datetime | None = None
    added_at: dt.datetime
    matched_at: dt.datetime | None = None
    removed_at: dt.datetime | None = None
    """when the list no longer named it; null: it does"""


class ImportListKind(Model):
    """A kind of import list."""

    name: str
    title: str
    description: str
    reads: Literal["address", "file"]
    """where its books come from: an address, or an uploaded file"""
    example: str = ""
    """an address, or the first lines of a file"""


class ImportListUpdate(Model):
    """Changes to an import list; fields that are left out or null do not change."""

    name: str | None = None
    address: str | None = None
    shelf: str | None = None
    enabled: bool | None = None
    auto_download: bool | None = None
    priority: int | None = None
    removed_entries: RemovedEntries | None = None


class ImportedBook(Model):
    """The result for one item."""

    index: int
    """index in the request, from 0"""
    status: Literal["created", "exists", "refused"]
    book_id: UUID | None = None
    """the book that was created or that exists already"""
    why: str | None = None
    """why it was refused, or why it counts as existing"""


class IntegrationKind(Choice):
    """What an outside system is used for."""

    LIBRARY = "library"
    METADATA = "metadata"
    INDEXER = "indexer"
    DOWNLOAD_CLIENT = "download_client"
    DISK = "disk"
    OTHER = "other"


class IntegrationState(Choice):
    """The state of an outside system.

    BLOCKED: it sends a challenge or a sign-in page. NONSENSE: its answer cannot be parsed. PAUSED: by a person.
    """

    OK = "ok"
    AWAY = "away"
    THROTTLED = "throttled"
    REFUSED = "refused"
    BLOCKED = "blocked"
    NONSENSE = "nonsense"
    PAUSED = "paused"
    NOT_CONFIGURED = "not_configured"


class Integration(Model):
    """An outside system, as the service that uses it sees it now."""

    name: str
    kind: IntegrationKind = IntegrationKind.OTHER
    service: str
    state: IntegrationState
    required: bool = True
    address: str | None = None
    """without credentials"""
    version: str | None = None
    reason: str = ""
    """why it refuses us, where it says so"""
    detail: str = ""
    """what was observed, and what to do"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class IntegrationsReport(Model):
    """The outside systems as each service sees them, and the services that did not report."""

    integrations: list[Integration]
    silent: list[ServiceState]


class Job(Model):
    """An enabled task and its next due times."""

    task: str
    cron: str
    time_zone: str
    next_due_at: dt.datetime
    next_times: list[dt.datetime]
    """the next five due times; the first is `next_due_at`"""


class LetterPlace(Model):
    """A first letter of a sorted list."""

    letter: str
    """a capital letter without its accent; letters of other scripts have their own, all else is #"""
    offset: int
    """of the first item with this letter, as in `offset` of the list"""
    count: int
    """number of items with this letter"""


class Letters(Model):
    """The first letters of a list in its order, and the number of its items."""

    letters: list[LetterPlace]
    total: int


class NarratedEdition(Model):
    """An audio edition of a work, as a provider lists it."""

    provider: str
    narrators: list[str]
    asin: str | None = None
    language: str | None = None
    duration_minutes: int | None = None
    abridged: bool | None = None


class MissingStatus(Choice):
    """The state of a missing book."""

    IDENTIFIED = "identified"
    QUEUED = "queued"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    FAILED = "failed"
    IGNORED = "ignored"
    UPCOMING = "upcoming"
    WAS_OWNED = "was_owned"


class ListEntry(Model):
    """One work of a list, with the evidence for its kind and its state."""

    id: UUID
    place: str | None = None
    """the position in the series"""
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    kind: EntryKind
    state: WorkListsEntryState
    why: str
    """the reason for the state, for a person"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    evidence: list[Reason] = []
    providers: list[str] = []
    """who lists it; empty: only the library has it, or a person added it"""
    catalogue_ids: list[str] = []
    language: str | None = None
    published_year: int | None = None
    release_date: dt.date | None = None
    """the first release of a known audio edition, or of the book if no audio edition is known"""
    editions: list[NarratedEdition] = []
    """the audio editions whose narrators are known"""
    book_id: UUID | None = None
    """the owned book that is the work or contains it"""
    missing_book_id: UUID | None = None
    missing_status: MissingStatus | None = None
    absence: AbsenceReason | None = None
    """why the missing book is not in the library yet"""


class ListSource(Model):
    """The list of one provider, and when it was collected."""

    provider: str
    works: int
    collected_at: dt.datetime


class ListedPlace(Model):
    """A series and the sequence in it, as a list names them."""

    name: str
    sequence: str | None = None


class LocksToChange(Model):
    """Fields of many books that are locked or unlocked. Other locks stay as they are."""

    ids: list[UUID] | None = None
    filter: BookFilter | None = None
    """every item that the list with these filters contains"""
    expected: int | None = None
    """with `filter`: how many items you saw; refused with the present number if it differs"""
    fields: list[
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
    ] = []
    """empty: every field"""


class LogLevelState(Model):
    """The least serious level that a service logs."""

    service: str
    level: LogLevel
    """what it logs now"""
    configured: LogLevel
    """what it logs after a restart: LOG_LEVEL"""
    chosen: bool
    """`level` was set over the API"""
    until: dt.datetime | None = None
    """when `configured` holds again; null: at the next restart"""


class LogLevels(Model):
    """The levels of the services."""

    items: list[LogLevelState]
    unavailable: list[str] = []
    """services that do not answer, whose level is unknown"""


class LogRecord(Model):
    """One record of a log, without secrets. Long values are cut."""

    at: dt.datetime
    service: str
    level: LogLevel
    event: str
    """what happened"""
    fields: dict[str, str] = {}
    """the values that belong to it"""


class LogPage(Model):
    """The latest records of the services together, newest first."""

    items: list[LogRecord]
    unavailable: list[str] = []
    """services that do not answer, whose records are missing"""


class MadeApiKey(Model):
    """A new API key with its secret value, which is shown only once."""

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: dt.datetime
    last_used_at: dt.datetime | None
    """accurate to a few seconds; null: never used"""
    key: str
    """send it in the header X-Api-Key; shown only once"""


class MadeCalendarKey(Model):
    """A new calendar key. The path contains its secret value, which is shown only once."""

    id: UUID
    name: str
    created_at: dt.datetime
    path: str
    """the path of the calendar with the key; anyone who has it can read the calendar"""


class MainCategory(Choice):
    """A main category of MyAnonamouse."""

    AUDIOBOOKS = "audiobooks"
    EBOOKS = "ebooks"
    MUSICOLOGY = "musicology"
    RADIO = "radio"


class MamLanguage(Choice):
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


class MatchChoice(Model):
    """What a person decides about a book: exactly one of `entry_id`, `asin`, `isbn` and `none`."""

    entry_id: str | None = None
    """the id of a candidate's entry: the book is this entry"""
    asin: str | None = None
    """pin the edition with this ASIN"""
    isbn: str | None = None
    """pin the edition with this ISBN"""
    none: bool = False
    """no entry is the book: nothing from providers is written to it"""
    reason: str | None = None


class MergeSeries(Model):
    """Merge another series into this one: its books and works belong to this series."""

    kind: Literal["merge"]
    series_id: UUID
    """id of a series"""
    note: str | None = None
    """why, for those who read it later"""


class MessageStatus(Choice):
    """The delivery status of a message."""

    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNKNOWN = "unknown"


class MetadataJudgement(Model):
    """The result of validating metadata. Nothing was changed."""

    ok: bool
    fields: list[FieldJudgement]
    differences: list[FieldDifference] = []
    """with `book_id`: the fields in which the book differs"""
    entries: list[EntryJudgement] = []
    """with `ask_providers`: the best matches, highest confidence first"""
    failures: dict[str, str] = {}
    """with `ask_providers`: the providers that failed, and why"""


class Misfires(Model):
    """Ticks of a task that did not start a run of their own on time, since the records began."""

    task: str
    caught_up: int = 0
    """less than an hour late, and run then"""
    merged: int = 0
    """combined with another late tick into one run"""
    missed: int = 0
    """more than an hour late, and skipped"""
    overlapped: int = 0
    """due while a run of the task was in progress, and skipped"""


class MissingReason(Choice):
    """Why a book counts as missing."""

    SERIES_GAP = "series_gap"
    AUTHOR_GAP = "author_gap"
    TOP10 = "top10"
    LIST = "list"
    MANUAL = "manual"


class MissingBook(Model):
    """A work of an owned series, a followed author, a top list or a person's list that the library does not contain."""

    id: UUID
    """id of a missing book"""
    title: str
    subtitle: str | None = None
    authors: list[str]
    other_titles: list[str] = []
    """other titles of the work, as providers list them"""
    other_authors: list[str] = []
    """other names of its authors, as providers list them"""
    series_id: UUID | None = None
    author_id: UUID | None = None
    series: str | None = None
    sequence: str | None = None
    isbn: str | None = None
    asin: str | None = None
    narrators: list[str] = []
    duration_minutes: int | None = None
    """playing time of the most popular audio edition"""
    duration_choices: list[int] = []
    """playing times of all known audio editions, in minutes"""
    published_year: int | None = None
    release_date: dt.date | None = None
    """the first day on which a known audio edition was or is sold"""
    release_year: int | None = None
    """the year in which the first audio edition was or is sold, if the day is not known"""
    language: str | None = None
    reason: MissingReason
    source: str
    """the providers that list it, e.g. 'AUDIBLE, HARDCOVER'"""
    evidence: list[Reason] = []
    status: MissingStatus
    priority: int
    """higher is searched first"""
    auto_download: bool = True
    """false: it is not downloaded without a person's approval, whatever the settings say"""
    absence: Absence | None = None
    """why it is not in the library yet; null: the library contains it, or the answer leaves it out"""
    book_id: UUID | None = None
    identified_at: dt.datetime
    updated_at: dt.datetime


class MissingBookFilter(Model):
    """Which missing books are selected, in the body of a call."""

    status: list[MissingStatus] = []
    """books with one of these; empty: with any but upcoming, unless `absence` names reasons"""
    reason: list[MissingReason] = []
    """items with one of these; empty: with any"""
    absence: list[AbsenceReason] = []
    """books that are not in the library yet for one of these reasons; empty: for any reason"""
    series_id: UUID | None = None
    author_id: UUID | None = None
    priority: int | None = None


class MissingBookSelection(Model):
    """Missing books by their ids, or all that a list contains."""

    ids: list[UUID] | None = None
    filter: MissingBookFilter | None = None
    """every item that the list with these filters contains"""
    expected: int | None = None
    """with `filter`: how many items you saw; refused with the present number if it differs"""


class MissingBookUpdate(Model):
    """Changes to a missing book. `ignored` excludes it from the gaps permanently, `identified` includes it again.

    For a missing book with the status `was_owned`, `identified` means wanted again and `ignored` means not wanted.
    """

    status: Literal["ignored", "identified"] | None = None
    priority: int | None = None
    """higher is searched first"""


class NewApiKey(Model):
    """An API key to create."""

    name: str
    """what the key is used for"""
    scopes: list[Scope] = [Scope.READ]
    """what the key allows; each scope includes the ones before it"""


class NewCalendarKey(Model):
    """A calendar key to create."""

    name: str
    """where the calendar is shown"""


class NewCorrection(Model):
    """The new value of one field of one book."""

    book_id: UUID
    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    value: str | list[str] | list[EnteredMetadataGivenPlace] | bool | None
    """a text; a list of names for authors, narrators and genres; a list of names and sequences for series; true or false
    for abridged; null or an empty list clears the field
    """
    reason: str | None = None


class NewImportList(Model):
    """A new import list."""

    name: str
    kind: str
    address: str | None = None
    shelf: str = "to-read"
    """of the export of a whole library, only the books on this shelf; empty: all books"""
    enabled: bool = True
    auto_download: bool = False
    """download what is missing without a person's approval"""
    priority: int = 50
    """of its missing books: higher is searched first"""
    removed_entries: RemovedEntries = RemovedEntries.KEEP


class SeriesNarrator(Choice):
    """Whether the narrator who reads most of the owned books of a series shall read the missing ones."""

    ANY = "any"
    PREFER = "prefer"
    REQUIRE = "require"


class NewQualityProfile(Model):
    """A quality profile as a person enters it. What is left out has its default."""

    formats: list[AudioFormat] = [AudioFormat.M4B, AudioFormat.M4A, AudioFormat.MP3]
    """in order of preference"""
    only_formats: bool = False
    """reject releases in another format"""
    min_bitrate_kbps: float | None = None
    """null: the setting MIN_BITRATE_KBPS"""
    max_bitrate_kbps: float | None = None
    """null: the setting MAX_BITRATE_KBPS"""
    min_mb_per_hour: float | None = None
    """least size for each hour of playing time; null: any"""
    max_mb_per_hour: float | None = None
    """largest size for each hour of playing time; null: any"""
    abridged: bool = False
    """accept abridged recordings; unabridged ones are preferred"""
    dramatized: bool = False
    """accept dramatizations; plain readings are preferred"""
    languages: list[str] = []
    """the accepted languages; none: that of the wanted book"""
    preferred_narrators: list[str] = []
    """releases by one of them are preferred; none: those of the best known edition"""
    required_narrators: list[str] = []
    """releases by somebody else are rejected; none: any narrator"""
    series_narrator: SeriesNarrator = SeriesNarrator.ANY
    min_seeders: int = 1
    preferred_words: list[str] = []
    """in the name or the tags of a release; more of them are preferred"""
    forbidden_words: list[str] = []
    """in the name or the tags of a release; it is rejected"""
    delay_hours: float = 0
    """hours to wait for a better release, after the first acceptable one"""
    freeleech_skips_delay: bool = False
    """grab a release that costs no ratio at once"""
    top_format_skips_delay: bool = False
    """grab a release in the first of the formats at once"""
    upgrade: bool = False
    """replace an owned book by a better release"""
    upgrade_until: AudioFormat | None = None
    """an owned book in this format, or in a preferred one, is good enough; null: the first format"""
    name: str
    series_ids: list[UUID] = []
    """series to which it applies; another profile loses them"""
    author_ids: list[UUID] = []
    """authors to which it applies; another profile loses them"""
    book_ids: list[UUID] = []
    """missing books, and books of the library, to which it applies; another profile loses them"""


class NewsKind(Choice):
    """What a notification is about."""

    IMPORTED = "imported"
    FAILED = "failed"
    NEEDS_PERSON = "needs_person"
    ACCOUNT_LIMIT = "account_limit"
    VIP_ENDS = "vip_ends"
    SESSION_OLD = "session_old"
    HIT_AND_RUN = "hit_and_run"
    SERVICE_DOWN = "service_down"


class NotificationMessage(Model):
    """A message to one target, and the status of its delivery."""

    id: UUID
    target: str
    kind: NewsKind
    title: str
    body: str
    items: int
    """number of items that it reports"""
    status: MessageStatus
    """`waiting`: it did not arrive and will be retried; `unknown`: it may have arrived, so it is not sent again, to
    avoid duplicates
    """
    words: str
    """result of the last attempt"""
    attempts: int
    created_at: dt.datetime
    next_attempt_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None


class NotificationTarget(Model):
    """A target of notifications, without its address, which may contain credentials."""

    id: str
    service: str
    kinds: list[NewsKind]
    waiting: int
    """items that wait to be sent together with others, or after the quiet hours"""
    last: NotificationMessage | None
    """the newest message to this target"""


class NotificationTest(Model):
    """The targets to test."""

    target: str | None = None
    """id of one target; null: all targets"""


class Outcome(Choice):
    """The outcome of sending a message. Only a message that certainly did not arrive may be sent again."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class NotificationTestResult(Model):
    """The result of the test message to one target."""

    target: str
    service: str
    outcome: Outcome
    words: str
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class ProposalKind(Choice):
    """What led to a proposal: an entry of a provider, or a reading of what the library contains already."""

    PROVIDER_VALUE = "provider_value"
    SERIES_READ = "series_read"
    PLACE_READ = "place_read"
    TITLE_CLEANED = "title_cleaned"
    NAME_SPELLING = "name_spelling"
    PEOPLE_SWAPPED = "people_swapped"
    LANGUAGE_FOUND = "language_found"
    ABRIDGED_FOUND = "abridged_found"
    COVER = "cover"
    CHAPTERS = "chapters"
    GENRE_MAPPED = "genre_mapped"


class ProposalStatus(Choice):
    """The state of a proposal. An outdated one no longer applies, because the book or the evidence changed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OUTDATED = "outdated"


class Proposal(Model):
    """A proposed change with its state. `correction_id` is the correction that was made when it was accepted."""

    book_id: UUID
    """id of a book in the library"""
    field: Literal[
        "title",
        "subtitle",
        "authors",
        "narrators",
        "series",
        "isbn",
        "asin",
        "publisher",
        "published_year",
        "language",
        "description",
        "genres",
        "tags",
        "cover",
        "chapters",
        "abridged",
    ]
    old: str | list[str] | list[SeriesPlace] | bool | None = None
    new: str | list[str] | list[SeriesPlace] | bool | None = None
    kind: ProposalKind
    source: str
    """name of a provider in capitals, or what was read, such as TEXTS"""
    confidence: Confidence
    score: float
    """how likely the proposal is right, from 0 to 1"""
    reasons: list[Reason] = []
    finding_id: UUID | None = None
    id: UUID
    book_title: str
    run_id: UUID | None = None
    status: ProposalStatus
    status_detail: str | None = None
    """why it is outdated"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    correction_id: UUID | None = None
    made_at: dt.datetime
    decided_at: dt.datetime | None = None
    decided_by: str | None = None


class RunStatus(Choice):
    """The state of a run."""

    SCHEDULED = "scheduled"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunTally(Model):
    """The figures of a run so far. `expected` is null while it is unknown."""

    expected: int | None = None
    processed: int = 0
    succeeded: int = 0
    failed: int = 0


class Run(Model):
    """One execution of a task."""

    id: UUID
    """id of one execution of a task"""
    task: str
    status: RunStatus
    by: str = "schedule"
    """who started it: the schedule, or the name of a person's API key"""
    dry_run: bool = False
    """it changes nothing; `plan` in its details lists what it would do"""
    parameters: dict[str, Any] = {}
    """the parameters of this run"""
    due_at: dt.datetime
    started_at: dt.datetime | None = None
    heard_at: dt.datetime | None = None
    """time of the last heartbeat or report"""
    ended_at: dt.datetime | None = None
    tally: RunTally = Field(default_factory=lambda: RunTally(processed=0, succeeded=0, failed=0))
    log: list[str] = []
    """the last lines of its log"""
    problems: list[str] = []
    details: dict[str, Any] = {}
    """figures of the task; `translatable` has the code and figures of sentences, by their place"""


class SeedingDuty(Model):
    """A torrent whose seeding duty is not met yet."""

    torrent_id: str
    title: str
    size_bytes: int
    seeding: bool
    """it seeds now; false: it only makes progress when it is started again"""
    hit_and_run: bool
    """the time for its duty is over"""
    seeded_seconds: int
    remaining_seconds: int
    """seeding time that is still due"""
    completed_at: dt.datetime | None = None
    """null: not complete yet"""
    due_at: dt.datetime | None = None
    """30 days after completion; null: not complete yet"""
    read_at: dt.datetime


class SeedingState(Choice):
    """What a torrent of ours is doing for its seeding duty."""

    DOWNLOADING = "downloading"
    SEEDING = "seeding"
    STOPPED = "stopped"
    GONE = "gone"
    ENDED = "ended"


class SeedingTorrent(Model):
    """A torrent that we grabbed, with the client's figures when it was last checked."""

    info_hash: str
    download_id: UUID
    """the download that grabbed it last; it may have been deleted since"""
    title: str
    """the title of the book"""
    release_title: str
    indexer: Indexer
    release_id: str
    size_bytes: int
    state: SeedingState
    grabbed_at: dt.datetime
    completed_at: dt.datetime | None = None
    """null: not complete yet"""
    checked_at: dt.datetime | None = None
    """null: not checked yet"""
    seeded_seconds: int
    """seeding time in total, also over several times in the client"""
    required_seconds: int
    """the seeding time that the tracker requires"""
    remaining_seconds: int
    """seeding time that is still due, by the client and by the tracker's own list: the longer one"""
    due_at: dt.datetime | None = None
    """30 days after completion, when the duty must be met"""
    ratio: float
    """uploaded by downloaded bytes"""
    uploaded_bytes: int
    safe_to_remove: bool
    """whether removing it from the client breaks no rule of the tracker"""
    words: str
    """its seeding duty in words"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SeenRelease(Model):
    """A release as it was last seen at MyAnonamouse, by any search or top list."""

    release: Release
    first_seen_at: dt.datetime
    seen_at: dt.datetime


class SeriesCorrectionKind(Choice):
    """What a person changed in the list of a series."""

    ADD = "add"
    REMOVE = "remove"
    RENUMBER = "renumber"
    MERGE = "merge"
    SPLIT = "split"


class SeriesCorrection(Model):
    """One correction of the list of a series."""

    id: UUID
    series_id: UUID
    """id of a series"""
    kind: SeriesCorrectionKind
    works: list[CorrectedWork] = []
    other_series_id: UUID | None = None
    """the series that was merged into it, or split off"""
    other_series_name: str | None = None
    note: str | None = None
    made_at: dt.datetime
    made_by: str | None = None
    """the name of the API key that made it"""
    undone_at: dt.datetime | None = None
    """null: it is in force"""
    undone_by: str | None = None
    """the name of the API key that undid it"""


class Series(Model):
    """A named, ordered set of works, as far as it is known."""

    id: UUID
    """id of a series"""
    name: str
    authors: list[str] = []
    owned: int
    missing: int
    """works that a search for wanted books would search or is downloading"""
    upcoming: int = 0
    """announced works that become missing books on their release date"""
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    follow: FollowMode = FollowMode.ALL
    follow_from: dt.date | None = None
    """in the mode `from_now_on`, only works released after this day are wanted"""
    monitored: bool = True
    """whether `follow` is not `none`"""
    merged_into: UUID | None = None
    """a person merged it into this series, so it is not listed"""
    last_checked_at: dt.datetime | None = None
    last_check_problem: str | None = None


class SpendingKind(Choice):
    """What was bought."""

    WEDGE = "wedge"
    VIP = "vip"
    UPLOAD = "upload"


class SpendingState(Choice):
    """How the request to spend ended."""

    REQUESTED = "requested"
    SPENT = "spent"
    NOT_SPENT = "not_spent"


class Spending(Model):
    """One entry of the ledger."""

    id: UUID
    kind: SpendingKind
    state: SpendingState
    amount: float
    """wedges, weeks of VIP or GB of upload credit"""
    torrent_id: str | None = None
    why: str
    """the rule that decided it, with its figures"""
    answer: str = ""
    """what the site answered"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    before: Balance
    after: Balance | None = None
    """null: not read yet"""
    requested_at: dt.datetime
    ended_at: dt.datetime | None = None


class WaitingImportKind(Choice):
    """Why an import needs a person."""

    NAME_TAKEN = "name_taken"
    OTHER_BOOK = "other_book"
    PLAYING_TIME = "playing_time"
    FOUND_FOLDER = "found_folder"


class WaitingImport(Model):
    """An import that needs a person: why, and what can be decided."""

    id: UUID
    download_id: UUID | None = None
    """null: new files, of which no book has a download yet"""
    path: str | None = None
    """where new files were found"""
    kind: WaitingImportKind
    title: str
    authors: list[str] = []
    reasons: list[str]
    """why it needs a person, with the figures"""
    translatable: dict[str, Translatable] = {}
    """code and figures of the reasons, by `reasons.0` and so on"""
    choices: list[ImportChoice]
    asked_at: dt.datetime
    answer: str | None = None
    """the key of the choice that was made; null: none yet"""
    answered_at: dt.datetime | None = None
    answered_by: str | None = None


class PreviewedPath(Model):
    """The folder that a template gives to one book of the library. The book is not moved."""

    book_id: UUID
    """id of a book in the library"""
    title: str
    current_path: str
    """its folder now, relative to the library folder"""
    path: str
    """its folder by the template"""


class PathPreview(Model):
    """The folders that a template gives to books of the library."""

    template: str
    items: list[PreviewedPath]
    total: int
    """number of books in the library"""


class PreviewPaths(Model):
    """Preview the folders that a template gives to books of the library, newest first. Nothing is moved."""

    template: str | None = None
    """a template as in the setting PATH_TEMPLATE; null: that setting"""
    limit: int = 20
    """maximum number of books"""
    offset: int = 0
    """number of books to skip"""


class ProposalFilter(Model):
    """Which proposals. All given conditions must hold."""

    kind: ProposalKind | None = None
    source: str | None = None
    field: (
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None
    ) = None
    confidence_at_least: Confidence | None = None
    score_at_least: float | None = None
    book_id: UUID | None = None
    run_id: UUID | None = None
    finding_id: UUID | None = None


class ProposalSelection(Model):
    """Proposals to accept, decline or reopen: either by their ids, or all that match a filter."""

    ids: list[UUID] | None = None
    filter: ProposalFilter | None = None
    """{} selects every open proposal, or to reopen, every declined one"""


class SkippedProposal(Model):
    """A selected proposal that was not decided, and why."""

    id: UUID
    book_title: str | None = None
    field: (
        Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None
    ) = None
    why: str
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class ProposalsDecided(Model):
    """The result of accepting, declining or reopening proposals."""

    decided: int
    """proposals that were accepted, declined or reopened"""
    proposal_ids: list[UUID] = []
    """the first 500 of them"""
    by_field: dict[str, int] = {}
    """the decided proposals by field"""
    correction_ids: list[UUID] = []
    """the corrections that were made, at most 500; undoing them undoes the decision"""
    skipped: int = 0
    """selected proposals that were not decided"""
    skipped_items: list[SkippedProposal] = []
    """the first 500 of them, each with the reason"""
    remaining: int = 0
    """proposals that match the filter and are left: at most 5,000 are decided in one request"""


class Quota(Model):
    """The requests that a provider allows per period, and how many are left by our own count."""

    span: Literal["minute", "day"]
    limit: int
    left: int
    renewed_at: dt.datetime | None = None
    """when the quota is fully renewed"""


class RefreshCost(Model):
    """What a refresh of all books takes at one provider if nothing is cached: about one request for each book."""

    books: int
    requests: int
    days: float
    """by the pace and the daily limit of the provider, if nothing else is requested"""


class Provider(Model):
    """A source of metadata and its health."""

    name: str
    enabled: bool
    weight: float
    abilities: list[Ability] = []
    """what it can be queried for; empty if it is not enabled"""
    health: Literal["ok", "away", "throttled", "refused", "blocked", "unknown"]
    """as last seen; blocked: it sends a challenge or a sign-in page, which Gapless does not get round"""
    detail: str = ""
    """what was observed, if it is not ok"""
    remedy: str = ""
    """what happens next and what to do, if it is not ok"""
    last_answer_at: dt.datetime | None = None
    blocked_until: dt.datetime | None = None
    seconds_between: float = 0.0
    """seconds between two requests, on average, over all replicas"""
    burst: int = 1
    """requests that may follow each other at once after a pause"""
    quota: list[Quota] = []
    """remaining requests; empty for a provider without a limit"""
    waiting_books: int = 0
    """books that are deferred until the provider is available again"""
    full_refresh: RefreshCost | None = None
    """null: the provider is not enabled, or the library does not answer"""


class QualityProfilesSeriesNarrator(Choice):
    """Whether the narrator who reads most of the owned books of a series shall read the missing ones."""

    ANY = "any"
    PREFER = "prefer"
    REQUIRE = "require"


class QualityProfile(Model):
    """A quality profile. The most specific one applies: of the book, of its series, of an author, or the default."""

    formats: list[AudioFormat] = [AudioFormat.M4B, AudioFormat.M4A, AudioFormat.MP3]
    """in order of preference"""
    only_formats: bool = False
    """reject releases in another format"""
    min_bitrate_kbps: float | None = None
    """null: the setting MIN_BITRATE_KBPS"""
    max_bitrate_kbps: float | None = None
    """null: the setting MAX_BITRATE_KBPS"""
    min_mb_per_hour: float | None = None
    """least size for each hour of playing time; null: any"""
    max_mb_per_hour: float | None = None
    """largest size for each hour of playing time; null: any"""
    abridged: bool = False
    """accept abridged recordings; unabridged ones are preferred"""
    dramatized: bool = False
    """accept dramatizations; plain readings are preferred"""
    languages: list[str] = []
    """the accepted languages; none: that of the wanted book"""
    preferred_narrators: list[str] = []
    """releases by one of them are preferred; none: those of the best known edition"""
    required_narrators: list[str] = []
    """releases by somebody else are rejected; none: any narrator"""
    series_narrator: QualityProfilesSeriesNarrator = QualityProfilesSeriesNarrator.ANY
    min_seeders: int = 1
    preferred_words: list[str] = []
    """in the name or the tags of a release; more of them are preferred"""
    forbidden_words: list[str] = []
    """in the name or the tags of a release; it is rejected"""
    delay_hours: float = 0
    """hours to wait for a better release, after the first acceptable one"""
    freeleech_skips_delay: bool = False
    """grab a release that costs no ratio at once"""
    top_format_skips_delay: bool = False
    """grab a release in the first of the formats at once"""
    upgrade: bool = False
    """replace an owned book by a better release"""
    upgrade_until: AudioFormat | None = None
    """an owned book in this format, or in a preferred one, is good enough; null: the first format"""
    id: UUID
    """id of a quality profile"""
    name: str
    is_default: bool
    """it applies to every book without another profile; it cannot be deleted"""
    series: list[Assigned] = []
    authors: list[Assigned] = []
    books: list[Assigned] = []
    """missing books, and books of the library"""
    created_at: dt.datetime
    updated_at: dt.datetime


class Refresh(Model):
    """Selects the books to refresh: by a mode, and by further conditions."""

    book_id: UUID | None = None
    """only this book, by the rules of the mode"""
    series_id: UUID | None = None
    """only the books of this series"""
    author_id: UUID | None = None
    """only the books of this author"""
    author: str | None = None
    """only books by an author with this name"""
    series: str | None = None
    """only books of a series with this name"""
    narrator: str | None = None
    """only books read by this narrator"""
    language: str | None = None
    """only books in this language"""
    added_after: dt.datetime | None = None
    """only books that were added to the library after this moment"""
    mode: Literal["FULL", "NEW", "MISSING"]
    """FULL: every book, including changes to doubtful series; NEW: recently added books; MISSING: books that lack a
    required field. NEW and MISSING only fill empty fields
    """
    books: list[UUID] | None = None
    """only the books with these ids, such as some of those in the `plan` of a preview"""


class ReleaseKind(Choice):
    """Which releases a search lists."""

    ALL = "all"
    ACTIVE = "active"
    INACTIVE = "inactive"
    FREELEECH = "freeleech"
    FREELEECH_OR_VIP = "freeleech_or_vip"
    VIP = "vip"
    NOT_VIP = "not_vip"
    WITHOUT_METADATA = "without_metadata"


class RemoveWorks(Model):
    """Remove works that are not part of the series. They are no gaps, neither of the series nor of its authors."""

    kind: Literal["remove"]
    entry_ids: list[UUID]
    """ids of works in the list of the series"""
    note: str | None = None
    """why, for those who read it later"""


class RenumberWork(Model):
    """Change the place of a work. Without a place it is listed and is no gap."""

    kind: Literal["renumber"]
    entry_id: UUID
    place: str | None = None
    note: str | None = None
    """why, for those who read it later"""


class ResendFailedMessage(Model):
    """Resend a failed message to its consumer."""

    id: str


class ScanImportFolder(Model):
    """Find the books in a folder and match them to missing and owned books. Nothing is changed."""

    folder: str
    """a folder below one of IMPORT_FOLDERS"""


class ScanRequested(Model):
    """A library scan starts within one or two minutes."""

    task: str = "library_scan"
    """the task that will run once for all requests until then"""


class SchedulePreview(Model):
    """When a schedule would be due."""

    next_times: list[dt.datetime]
    """the next five due times; none: it runs only by hand"""


class StoredBackup(Model):
    """One backup in the folder. It was verified after it was written."""

    name: str
    """the name of its file"""
    made_at: dt.datetime
    size_bytes: int


class ScheduledBackups(Model):
    """The backups in the folder, newest first, and how many are kept."""

    path: str | None
    """the folder; null: BACKUP_PATH is not set, so none are made on a schedule"""
    keep_count: int
    """how many are kept at most"""
    keep_days: int
    """for how many days they are kept; 0: regardless of their age"""
    free_bytes: int | None = None
    """free space in the folder; null: unknown"""
    items: list[StoredBackup] = []


class SchedulerStatus(Model):
    """The state of the scheduler."""

    leader: str
    now: dt.datetime
    lag_seconds: float
    """how late the longest overdue task is; one or two seconds are normal"""
    lag_task: str | None = None
    """the longest overdue task"""
    misfires: list[Misfires]
    waiting: list[Run]
    """not started yet: the service that runs them is busy or unavailable"""
    running: list[Run]
    stuck: list[Run]
    """started, but without a heartbeat for five minutes"""


class SearchOrder(Choice):
    """The order of the releases of a search."""

    RELEVANCE = "relevance"
    MOST_SEEDERS = "most_seeders"
    MOST_LEECHERS = "most_leechers"
    MOST_SNATCHED = "most_snatched"
    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"


class SeedboxState(Choice):
    """What the site answered to the last registration."""

    OFF = "off"
    NOT_YET = "not_yet"
    REGISTERED = "registered"
    TOO_RECENT = "too_recent"
    DEAD = "dead"
    WRONG_ADDRESS = "wrong_address"
    WRONG_NETWORK = "wrong_network"
    WRONG_TYPE = "wrong_type"
    NOT_ALLOWED = "not_allowed"
    FAILED = "failed"


class Seedbox(Model):
    """The registration of the address, which the site accepts at most once an hour."""

    state: SeedboxState
    address: str = ""
    """the registered address; empty: unknown"""
    network: str = ""
    """its network"""
    registered_at: dt.datetime | None = None
    """when the site last confirmed this address"""
    sent_at: dt.datetime | None = None
    """when it was last sent; the next time is an hour later"""
    detail: str = ""
    """what the site answered, and what to do"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SeriesEntry(Model):
    """A series to monitor. The library need not contain a book of it."""

    name: str
    authors: list[str]
    monitored: bool = True
    """false is the same as `follow: none`"""
    follow: Literal["all", "from_now_on", "none"] | None = None
    """overrides `monitored`"""


class SeriesNarratorsSeriesNarrator(Model):
    """A narrator of owned books of a series."""

    name: str
    books: list[UUID]
    places: list[str] = []
    """the places of these books, in order"""


class UnownedVolume(Model):
    """A missing or upcoming volume, with its editions by the main narrator and those by others."""

    entry_id: UUID
    missing_book_id: UUID | None = None
    title: str
    place: str | None = None
    state: WorkListsEntryState
    same_narrator: bool | None
    """whether an edition by the main narrator is known; null: no edition with its narrators is known"""
    by_main_narrator: list[NarratedEdition] = []
    by_others: list[NarratedEdition] = []


class SeriesNarrators(Model):
    """The narrators of a series. The main narrator has read most of the owned books, the first ones if in doubt."""

    series_id: UUID
    """id of a series"""
    main_narrator: str | None
    """null: no narrator of an owned book is known"""
    narrators: list[SeriesNarratorsSeriesNarrator]
    books_without_narrator: list[UUID] = []
    unowned: list[UnownedVolume]


class SeriesUpdate(Model):
    """Changes to a series; fields that are left out do not change. Only a series added by hand can be renamed."""

    name: str | None = None
    monitored: bool | None = None
    """false: `follow` becomes `none`; true: a mode other than `none`"""
    follow: Literal["all", "from_now_on", "none"] | None = None
    """overrides `monitored`"""


class SeriesWorks(Model):
    """The first works of one series in the order of the series, without their evidence and editions."""

    id: UUID
    compared_at: dt.datetime | None = None
    """null: never compared, so only owned books are listed"""
    problem: str | None = None
    counts: dict[str, int] = {}
    """the number of works by state, in the whole list"""
    items: list[ListEntry]
    total: int


class SettingType(Choice):
    """How a setting is edited."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    PATH = "path"
    LIST = "list"
    ADDRESS = "address"
    SECRET = "secret"


class SettingSource(Choice):
    """Where the present value of a setting comes from."""

    ENVIRONMENT = "environment"
    STORED = "stored"
    DEFAULT = "default"


class Setting(Model):
    """One setting of a service, with its present value."""

    name: str
    """its name as an environment variable"""
    group: str
    type: SettingType
    description: str
    example: str = ""
    required: bool
    """the service cannot run without a value of it"""
    default: bool | int | float | str | None = None
    """null: none"""
    value: bool | int | float | str | None = None
    """the present value; null: none, or a secret"""
    is_set: bool
    """it has a value other than the default; the value itself is null for a secret"""
    source: SettingSource
    stored: bool
    """a value is stored; a value from the environment takes precedence over it"""
    changeable: bool
    """false: only the environment can change it, `locked_because` says why"""
    locked_because: str = ""
    choices: list[str] = []
    """the allowed values of a choice"""
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    """true: a number must be greater than the minimum"""
    integer: bool = False
    """true: a number without a fraction"""
    separator: str = ""
    """what separates the parts of a list"""


class SettingFact(Model):
    """What one test of settings found."""

    code: str
    """what was tested, for programs"""
    name: str
    """what was tested, in words"""
    state: FactState
    words: str = ""
    """what was found, such as the exact error"""
    to_do: str = ""
    """what to do about it; empty if nothing"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SettingGroup(Model):
    """Settings that belong together, such as those of one outside system."""

    name: str
    title: str
    testable: bool
    """its values can be tested before they are stored"""


class SettingsDescription(Model):
    """The settings of one service, and whether it runs with them."""

    service: str
    version: int
    """version of the stored values; 0: none was ever stored"""
    applied_version: int
    """the version with which the service runs; smaller: it is being applied"""
    state: SettingsState
    missing: list[str] = []
    """required settings without a value"""
    faults: list[SettingFault] = []
    """why the service does not run with the present values"""
    groups: list[SettingGroup]
    """in the order in which they are shown"""
    settings: list[Setting]
    """in the order in which they are shown"""


class SettingsOfService(Model):
    """The settings of one service, or the reason why it did not answer."""

    service: str
    settings: SettingsDescription | None = None
    problem: Problem | None = None


class SettingsTest(Model):
    """What the test of a group found. `passed`: something was tested, and nothing failed."""

    group: str
    passed: bool
    facts: list[SettingFact]


class SettingsToTest(Model):
    """Values of one group that are not stored. Settings without a value here have their present one."""

    group: str
    values: dict[str, bool | int | float | str | None] = {}


class SettingsUpdate(Model):
    """New values of some settings. The others keep theirs."""

    version: int
    """the version that the caller has seen; refused if it is not the stored one"""
    values: dict[str, bool | int | float | str | None]


class SignIn(Model):
    """The password, or an API key with the scope admin."""

    password: str | None = None
    """the password of this installation"""
    api_key: str | None = None
    """an API key with the scope admin, instead of the password"""


class SignInState(Choice):
    """Whether the browser is signed in."""

    FIRST_RUN = "first_run"
    SIGNED_OUT = "signed_out"
    SIGNED_IN = "signed_in"


class SignInStatus(Model):
    """What the page for signing in needs to know."""

    state: SignInState
    """first_run: no password was set yet"""
    needs_api_key: bool
    """the first password cannot be set from this address without an API key, because it is a public one"""
    session: BrowserSession | None
    """the session of this browser; null: not signed in by a cookie"""
    openid_name: str | None = None
    """the OpenID Connect provider where a browser can sign in at /api/session/openid; null: none"""


class SimilarAuthor(Model):
    """A similar author, and what the library has of them."""

    name: str
    """the name that was looked up"""
    author_id: UUID | None = None
    """null: the library does not know the author"""
    owned: int = 0
    """books of the author in the library"""
    asin: str | None = None


class SimilarAuthors(Model):
    """An author's ASIN and similar authors, in the order of the provider.

    Both are empty if the providers in `answered` do not know the author. `failures` says why a provider did not
    answer.
    """

    asin: str | None = None
    authors: list[SimilarAuthor] = []
    answered: list[str] = []
    """the providers that answered; empty if none in use has such lists"""
    failures: dict[str, str] = {}
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class SplitSeries(Model):
    """Move works of this series to a new series."""

    kind: Literal["split"]
    name: str
    entry_ids: list[UUID]
    """ids of works in the list of the series"""
    note: str | None = None
    """why, for those who read it later"""


class Statistics(Model):
    """The figures of one service by name: counts, bytes and seconds."""

    service: str
    figures: dict[str, float | int | str | dict[str, int]] = {}


class UnavailableService(Model):
    """A service that did not answer, and why."""

    service: str
    why: str


class StatisticsReport(Model):
    """The figures of every service that answered, and the services that are unavailable."""

    services: list[Statistics]
    silent: list[UnavailableService]
    """services that are unavailable: their figures are missing"""


class Task(Model):
    """A kind of scheduled work."""

    name: str
    description: str
    cron: str
    """five fields in the time zone, or '@every 30s'; empty: runs only by hand"""
    time_zone: str = "UTC"
    """time zone of the cron expression"""
    enabled: bool
    parameters: dict[str, Any] = {}
    """the parameters of its scheduled runs"""
    can_dry_run: bool = False
    """whether it supports dry runs"""
    next_due_at: dt.datetime | None = None
    """null: not scheduled"""
    next_times: list[dt.datetime] = []
    """the next five due times; the first is `next_due_at`"""
    last_run: Run | None = None


class TaskChange(Model):
    """Changes to a task; fields that are left out or null do not change."""

    cron: str | None = None
    time_zone: str | None = None
    parameters: dict[str, Any] | None = None
    """all parameters of its scheduled runs; they replace the old ones"""
    enabled: bool | None = None


class TimelineEntry(Model):
    """One past or planned event in the history of a missing book, a download or a book."""

    at: dt.datetime
    service: str
    kind: str
    words: str
    """what happened, in words"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""
    to_come: bool = False
    """planned, not done yet"""
    details: dict[str, Any] = {}
    trace_id: str | None = None
    """id of the trace in which it happened, if traces are exported"""


class TimelineReport(Model):
    """Past entries, the oldest first, then planned ones. `silent` names the services whose part is missing."""

    entries: list[TimelineEntry]
    silent: list[UnavailableService]
    """services that did not answer: their part of the story is missing"""


class ToValidate(Model):
    """Metadata to validate; with `book_id`, it is compared with that book."""

    metadata: GivenMetadata
    book_id: UUID | None = None
    ask_providers: bool = False
    """also query the providers; takes some seconds"""


class TopListSource(Choice):
    """Where a top list was read."""

    SEARCH = "search"
    PAGE = "page"
    CATALOGUE = "catalogue"


class TopListEntry(Model):
    """One book of a top list. Fields of the release are null if the list does not name one."""

    rank: int
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    release_id: str | None = None
    """id of the release at MyAnonamouse"""
    size_bytes: int | None = None
    seeders: int | None = None
    snatches: int | None = None
    freeleech: bool | None = None
    vip: bool | None = None
    published_at: dt.datetime | None = None
    left_out_because: str = ""
    """why it is never added to the missing books; empty: it may be"""
    state: WorkState | None = None
    """what the library knows of the book; null: unknown"""
    state_because: str = ""
    book_id: str | None = None
    missing_book_id: str | None = None


class TopList(Model):
    """The top list of one genre for the seven days before it was read."""

    genre: str
    source: TopListSource
    week_from: dt.datetime
    read_at: dt.datetime
    entries: list[TopListEntry]


class TorrentPageFile(Model):
    """A file in the list of a torrent's page."""

    name: str
    size_bytes: int | None = None
    """null: not shown"""


class TorrentPage(Model):
    """The page of a torrent."""

    release_id: str
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    category: str
    category_id: int | None = None
    size_bytes: int
    """exact, if the page shows the number of bytes"""
    files: list[TorrentPageFile] = []
    """at most 1,000"""
    tags: str = ""
    description: str = ""
    """as text, at most 20,000 characters"""
    ratio_after: float | None = None
    """the ratio of the account after a download; null: not shown"""
    submitted: str = ""
    """who uploaded it and when, as the page shows it"""
    read_at: dt.datetime


class TrackerAccess(Model):
    """The current access to the tracker: one request at a time, at a limited rate."""

    seconds_between: float
    """minimum time between two requests, over all replicas"""
    next_request_at: dt.datetime | None = None
    """no request is sent before this time; null: no request was ever sent"""
    closed_until: dt.datetime | None = None
    """no request is sent before this time, because of `closed_because`"""
    closed_because: str = ""
    stopped_at: dt.datetime | None = None
    """since when a person has paused all requests; null: not paused"""
    stopped_by: str | None = None
    """the API key with which they were paused"""
    budgets: list[DailyBudget] = []
    """the requests and the pages that are left today"""
    sessions: list[TrackerSession] = []
    """the API session and the browser session"""
    seedbox: Seedbox | None = None
    """the address that is registered for the torrent client"""
    egress: Egress | None = None
    """at most ten minutes old; null: unknown"""
    egress_problem: str = ""
    """why the address is unknown"""
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class Transfer(Model):
    """The present figures of one running download, from the download client."""

    id: UUID
    """id of a download"""
    progress: float
    speed_bytes_per_second: int = 0
    eta_seconds: int | None = None
    """seconds until it is complete; null: unknown"""
    seeds: int = 0
    client_state: str | None = None
    """the state that the download client reports"""


class Transfers(Model):
    """All running downloads."""

    items: list[Transfer]
    """at most 500"""
    problem: str | None = None
    """why the client could not be queried; `items` is then empty"""


class UnreadablePageText(Model):
    """A page that could not be read, without keys, tokens, addresses and values of forms."""

    path: str
    """the path and query of the page"""
    selector: str
    """the selector that did not match"""
    read_at: dt.datetime
    html: str
    """the HTML of the page, cut after 300,000 characters"""


class Version(Model):
    """The installed version."""

    version: str


class WantWork(Model):
    """Make a missing book of one work because a person wants it, and let it be downloaded without another approval.

    Unlike a work of a list, it is added even if an owned book may be it, or if it would be left out. Nothing is added
    if the library owns it, wants it already, or a person ignored it: then the answer names that book.
    """

    title: str
    authors: list[str]
    narrators: list[str] = []
    series: list[ListedPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    found_in: str = "a person's request"
    """where the person found it"""


class WeeklyTopLists(Model):
    """The top lists of the enabled genres. `problems` says what could not be read or looked up, and why."""

    lists: list[TopList] = []
    problems: list[str] = []
    translatable: dict[str, Translatable] = {}
    """code and figures of sentences, by the field of their words"""


class WorkList(Model):
    """A part of the list of works of one series or author, in the order of the series or of publication."""

    of: BibliographyOf
    id: UUID
    name: str
    follow: FollowMode
    follow_from: dt.date | None = None
    """in the mode `from_now_on`, only works released after this day are wanted"""
    sources: list[ListSource] = []
    """the provider lists that were merged, with their age"""
    compared_at: dt.datetime | None = None
    """null: never compared, so only owned books are listed"""
    problem: str | None = None
    counts: dict[str, int] = {}
    """the number of works by state, in the whole list"""
    items: list[ListEntry]
    total: int
    limit: int
    offset: int
