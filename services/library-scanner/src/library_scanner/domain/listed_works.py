"""Compares the works of a list outside with the library."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy, LeftOutBecause
from shared.books.gaps.finding import author_gaps
from shared.books.matching.same_work import best_match
from shared.contracts.library.listed_works import AddListedWorks, KnownWork, ListedWork, WorkState
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.translatable import translatables
from shared.contracts.values import MissingReason, MissingStatus, Reason
from shared.translatable import translatable

from library_scanner.domain.missing_book import NO_GAP, StoredMissingBook, description_of, title_key
from library_scanner.domain.owned_index import LibraryIndex

_RULES = {MissingReason.TOP10: "top list", MissingReason.LIST: "import list"}
_UNDECIDED = (WorkState.MAYBE_OWNED, WorkState.LEFT_OUT)
"""A work in one of these states is added if a person wants it."""
_OWNED = (LeftOutBecause.OWNED, LeftOutBecause.OWNED_IN_OMNIBUS)
_STATES = {
    MissingStatus.IDENTIFIED: WorkState.WANTED,
    MissingStatus.QUEUED: WorkState.WANTED,
    MissingStatus.UPCOMING: WorkState.WANTED,
    MissingStatus.FAILED: WorkState.WANTED,
    MissingStatus.DOWNLOADING: WorkState.DOWNLOADING,
    MissingStatus.IGNORED: WorkState.IGNORED,
    MissingStatus.WAS_OWNED: WorkState.WAS_OWNED,
    MissingStatus.COMPLETED: WorkState.WAS_OWNED,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """The list that names a work, and what its missing book gets from it."""

    source: str
    reason: MissingReason
    priority: int

    @classmethod
    def of(cls, request: AddListedWorks) -> "Listing":
        """The list of a request."""
        return cls(request.source, request.reason, request.priority)

    @property
    def evidence(self) -> Reason:
        """Why a work of the list is missing."""
        words = f"listed in {self.source}, and the library does not contain it"
        return Reason.of(_RULES[self.reason], translatable("work.listed_in", words, source=self.source), 1.0)


def description_of_listed(work: ListedWork) -> BookDescription:
    """The description of a listed work."""
    return BookDescription(
        title=work.title,
        authors=tuple(work.authors),
        narrators=tuple(work.narrators),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in work.series),
        isbn=work.isbn,
        asin=work.asin,
        language=work.language,
        published=work.published,
    )


def known_in_library(work: ListedWork, index: LibraryIndex, languages: Sequence[str], today: date) -> KnownWork:
    """Whether the library owns a work, or why it would not be a gap; `ABSENT` if it would be one.

    A work in a language that is not wanted, a box set, an excerpt and the like are left out.
    """
    if not work.authors:
        return _known(WorkState.LEFT_OUT, translatable("work.list_without_author", "the list names no author"))
    description = description_of_listed(work)
    book_id = index.owner(description)
    if book_id is not None:
        return KnownWork(state=WorkState.OWNED, book_id=book_id)
    left_out = KnownWork(state=WorkState.LEFT_OUT)
    for language in languages:
        policy = GapPolicy(as_of=today, language=language, novellas=True, collections=True)
        answer = author_gaps(work.authors, [CatalogueEntry("listed", description)], index.owned, policy)
        if answer.missing:
            return KnownWork(state=WorkState.ABSENT)
        for each in answer.left_out:
            if each.why in _OWNED:
                return _known(WorkState.OWNED, each.words)
            if each.why is LeftOutBecause.MAYBE_OWNED:
                return _known(WorkState.MAYBE_OWNED, each.words)
            if not left_out.words:
                left_out = _known(WorkState.LEFT_OUT, each.words)
    return left_out


def _known(state: WorkState, words: str) -> KnownWork:
    return KnownWork(state=state, words=words, translatable=translatables(words=words))


def stored_of(work: ListedWork, known: Sequence[StoredMissingBook]) -> StoredMissingBook | None:
    """The known missing book that is this work, open or closed."""
    key = title_key(work.title, work.authors)
    for stored in known:
        missing = stored.missing_book
        if title_key(missing.title, missing.authors) == key:
            return stored
    match = best_match(description_of_listed(work), [(stored, description_of(stored.missing_book)) for stored in known])
    return None if match is None else match.work_id


def state_of(stored: StoredMissingBook) -> KnownWork:
    """What a missing book says about a work that the library does not own. Closed as no gap, it is absent."""
    missing = stored.missing_book
    state = WorkState.ABSENT if stored.closed_because == NO_GAP else _STATES[missing.status]
    return KnownWork(state=state, missing_book_id=missing.id)


def is_to_be_added(work: ListedWork, state: KnownWork) -> bool:
    """Whether a work becomes a missing book: it is absent, or a person wants it although it may be owned."""
    return state.state is WorkState.ABSENT or (work.sure and bool(work.authors) and state.state in _UNDECIDED)


def missing_book_of(
    work: ListedWork,
    stored: StoredMissingBook | None,
    listing: Listing,
    *,
    automatic: bool,
    new_id: UUID,
    now: datetime,
) -> StoredMissingBook:
    """The missing book of an absent work: a new one, or the one that was closed as no gap, open again."""
    if stored is not None:
        changes = {
            "status": MissingStatus.IDENTIFIED, "reason": listing.reason, "source": listing.source,
            "evidence": [listing.evidence], "priority": listing.priority, "auto_download": automatic, "updated_at": now,
        }  # fmt: skip
        return replace(stored, missing_book=stored.missing_book.model_copy(update=changes), closed_because=None)
    place = work.series[0] if work.series else None
    missing = MissingBook(
        id=new_id,
        title=work.title,
        authors=work.authors,
        series=place.name if place else None,
        sequence=place.sequence if place else None,
        isbn=work.isbn,
        asin=work.asin,
        narrators=work.narrators,
        language=work.language,
        reason=listing.reason,
        source=listing.source,
        evidence=[listing.evidence],
        status=MissingStatus.IDENTIFIED,
        priority=listing.priority,
        auto_download=automatic,
        identified_at=now,
        updated_at=now,
    )
    return StoredMissingBook(missing)


def claimed_by(listing: Listing, stored: StoredMissingBook, *, automatic: bool, now: datetime) -> StoredMissingBook:
    """A known missing book that a list names too; `stored` itself if the list changes nothing.

    A person's list takes it from a top list. It takes a gap of a series or an author only if it downloads
    automatically, because the reason decides about the download. Of two lists, one that downloads is enough.
    """
    old = stored.missing_book
    if listing.reason is not MissingReason.LIST or not stored.is_open:
        return stored
    if old.reason is MissingReason.LIST:
        changes: dict[str, object] = {
            "auto_download": automatic or (old.auto_download and old.source != listing.source)
        }
    elif old.reason is MissingReason.TOP10 or (automatic and old.reason is not MissingReason.MANUAL):
        changes = {
            "reason": listing.reason,
            "source": listing.source,
            "evidence": [listing.evidence, *old.evidence],
            "priority": max(old.priority, listing.priority),
            "auto_download": automatic,
        }
    else:
        return stored
    if all(getattr(old, name) == value for name, value in changes.items()):
        return stored
    return replace(stored, missing_book=old.model_copy(update=changes | {"updated_at": now}))
