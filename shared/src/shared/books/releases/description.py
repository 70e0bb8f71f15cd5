"""The wanted book, a release as its indexer describes it, and the judgement of a release."""

from dataclasses import field
from enum import StrEnum

from shared.books.description import BookDescription, Reason, SeriesPlace
from shared.books.matching.folded import Folded
from shared.books.matching.same_work import Verdict
from shared.books.matching.work_kinds import KindReading
from shared.books.records import record
from shared.books.releases.explained_name import Sought
from shared.books.text.kind_phrases import WorkKind


@record
class WantedBook:
    """The missing book to find, with every title and author that the providers have for it.

    `book` has the main title and the authors of one provider. `other_titles` are other titles of the work in the wanted
    language, such as a British and an American one; a release fits if it fits one of them. `other_authors` are other
    names of its authors, such as pen names; a release by any of the authors is by the right author. The order of both
    does not matter, and duplicates are allowed. `book.narrators` are preferred; with `narrator_required`, a release
    must have one of them. `formats` are in order of preference; with `only_formats`, a release must have one of them.
    `languages` are the accepted languages; if there are none, `language` is.
    """

    book: BookDescription
    language: str = "en"
    formats: tuple[str, ...] = ("m4b", "m4a", "mp3")
    other_titles: tuple[str, ...] = ()
    other_authors: tuple[str, ...] = ()
    only_formats: bool = False
    languages: tuple[str, ...] = ()
    narrator_required: bool = False
    abridged_allowed: bool = False
    dramatized_allowed: bool = False
    preferred_words: tuple[str, ...] = ()


@record
class ReleaseDescription:
    """A release. `name` is the raw title of the listing; the other fields are from the indexer, if known.

    `filetypes` are extensions, `categories` Newznab numbers (3030 audiobooks, 7000 to 7999 books). `is_audio` is what
    the indexer's category says, `abridged` what the uploader says; None if unknown. `work_title` is a separate title
    field. `free`: it costs no ratio.
    `findings` are the results of rules outside the knowledge of books, such as those of the account.
    """

    id: str
    name: str
    work_title: str | None = None
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()
    filetypes: tuple[str, ...] = ()
    language_code: str | None = None
    categories: tuple[int, ...] = ()
    is_audio: bool | None = None
    abridged: bool | None = None
    asin: str | None = None
    tags: str | None = None
    size_bytes: int | None = None
    seeders: int | None = None
    file_count: int | None = None
    free: bool = False
    findings: tuple["Finding", ...] = ()


class Outcome(StrEnum):
    """Whether a release may be grabbed. A doubtful one is never grabbed: a wrong grab costs far more than none."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTFUL = "doubtful"


@record
class Finding:
    """The result of one rule: accepted, doubtful or rejected, and in words what it found and what is wanted.

    `score` from 0 to 1 is how well the release satisfies this rule. `lasting` is False for a finding about the account
    or the disk, which may differ soon.
    """

    rule: str
    outcome: Outcome
    got: str
    want: str
    score: float = 1.0
    lasting: bool = True

    def reason(self) -> Reason:
        """The finding as a reason. A negative weight counts against the release."""
        weight = {Outcome.ACCEPTED: self.score, Outcome.DOUBTFUL: -0.5, Outcome.REJECTED: -1.0}[self.outcome]
        return Reason(self.rule, f"got {self.got}, want {self.want}", weight)


@record
class Judgement:
    """The result for one release: the worst outcome of all rules, and every finding.

    `score` from 0 to 1 orders the releases of one outcome, see `releases.preference`; it is 0 if a lasting finding
    rejects the release. `only_for_now`: nothing but the state of the account or the disk is against it.
    """

    release_id: str
    outcome: Outcome
    score: float
    findings: tuple[Finding, ...]
    format: str | None = None
    only_for_now: bool = False

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The findings as reasons."""
        return tuple(finding.reason() for finding in self.findings)

    @property
    def accepted(self) -> bool:
        """Whether the release may be grabbed."""
        return self.outcome is Outcome.ACCEPTED


@record
class ReadRelease:
    """A release with its name parsed for the wanted book.

    `text` is the part that names the book, `rest` that part with "~" for the wanted title and series, `kind` the kind
    that `rest` indicates.
    """

    release: ReleaseDescription
    book: BookDescription
    text: str
    rest: str
    kind: KindReading
    filetypes: frozenset[str] = field(default_factory=frozenset)
    languages: tuple[str, ...] = ()


@record
class ReadWanted:
    """A wanted book under one of its titles, prepared once for judging many releases.

    `letters` is its main title without spaces, `short_letters` the same with the short spellings of its words. `others`
    are the same book under its other titles. `verdicts` are the comparisons made so far, by what they depend on.
    """

    wanted: WantedBook
    folded: Folded
    sought: Sought
    kind: WorkKind
    letters: str
    short_letters: str
    others: tuple["ReadWanted", ...] = ()
    verdicts: dict[BookDescription, Verdict] = field(default_factory=dict, compare=False)
