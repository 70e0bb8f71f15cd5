"""Whether an entry describes the owned edition: its narrator, duration and form."""

from dataclasses import dataclass
from enum import StrEnum

from shared.books.description import BookDescription
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.languages import same_language
from shared.books.text.names import same_person
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import Reason
from shared.translatable import translatable

from metadata.domain.publishers import are_different_publishers

CLOSE = 0.03
"""Durations of one recording differ by a publisher's intro: up to 3 % if the narrator is the same."""
VERY_CLOSE = 0.01
"""The limit if the duration is the only evidence."""
FAR = 0.10
SHORTEST, LONGEST = 0.75, 1.35
"""Outside these shares of the listed duration, the owned book is abridged, a part of the work, or contains more."""


class Edition(StrEnum):
    """How an entry relates to the owned book."""

    THIS = "this edition"
    ALIKE = "an edition of the same duration"
    UNKNOWN = "edition unknown"
    OTHER = "another edition"
    OTHER_FORM = "another form of the work"


@dataclass(frozen=True, slots=True)
class EditionVerdict:
    """How an entry relates to the owned book, and the reason."""

    edition: Edition
    reason: Reason


def edition_of(owned: BookDescription, entry: BookDescription) -> EditionVerdict:
    """Compare two descriptions of one work. `ALIKE` means that only the duration supports it."""
    form = _other_form(owned, entry)
    if form:
        return _verdict(Edition.OTHER_FORM, "form", form)
    apart = _duration_apart(owned, entry)
    identity = _identity(owned, entry)
    read_by_same = _same_narrators(owned, entry)
    close = apart is not None and apart <= CLOSE
    if identity and (apart is None or apart <= FAR) and (identity == "asin" or read_by_same is not False):
        return _verdict(Edition.THIS, identity, _same(identity.upper()))
    if read_by_same and close:
        return _verdict(Edition.THIS, "narrator and duration", _comparison(owned, entry))
    if read_by_same is False or (apart is not None and not close) or _asins_differ(owned, entry):
        return _verdict(Edition.OTHER, "narrator and duration", _comparison(owned, entry))
    if read_by_same is None and apart is not None and apart <= VERY_CLOSE:
        return _by_length(owned, entry)
    words = "neither narrator, duration nor an identifier shows the edition"
    return _verdict(Edition.UNKNOWN, "edition", translatable("match.edition_unknown", words))


def names_recording(entry: CataloguedWork) -> bool:
    """Whether an entry has details of a recording.

    An ISBN alone is none: a recording that is listed by its ISBN is often listed by its ASIN elsewhere. A record with
    nothing else may have the publisher and the year of the printed book.
    """
    return entry.is_audio is not False and bool(entry.asin or entry.narrators or entry.duration_minutes)


def _by_length(owned: BookDescription, entry: BookDescription) -> EditionVerdict:
    """The same duration, unless the publishers differ: two recordings of one text often have the same duration."""
    if are_different_publishers(owned.publisher, entry.publisher):
        return _verdict(Edition.OTHER, "publisher", _compared(owned.publisher or "", entry.publisher or ""))
    return _verdict(Edition.ALIKE, "duration", _comparison(owned, entry))


def _other_form(owned: BookDescription, entry: BookDescription) -> str | None:
    if same_language(owned.language, entry.language) is False:
        mine, theirs = owned.language, entry.language
        return translatable("match.languages", f"owned in {mine}, listed in {theirs}", owned=mine, listed=theirs)
    if owned.abridged and entry.abridged is not True:
        return translatable("match.owned_abridged", "owned abridged, listed unabridged")
    if entry.abridged and not owned.abridged and not _is_unmarked(owned, entry):
        return translatable("match.listed_abridged", "owned unabridged, listed abridged")
    if owned.duration_minutes and entry.duration_minutes:
        share = owned.duration_minutes / entry.duration_minutes
        if not SHORTEST <= share <= LONGEST:
            length, listed = owned.duration_minutes, entry.duration_minutes
            words = f"{length} minutes owned, {listed} minutes listed"
            return translatable("match.lengths", words, owned=length, listed=listed)
    return None


def _is_unmarked(owned: BookDescription, entry: BookDescription) -> bool:
    """Whether the owned book is this abridged recording, and only lacks the mark: ASIN and duration are the same."""
    apart = _duration_apart(owned, entry)
    return _identity(owned, entry) == "asin" and apart is not None and apart <= CLOSE


def _identity(owned: BookDescription, entry: BookDescription) -> str | None:
    if asin(owned.asin) and asin(owned.asin) == asin(entry.asin):
        return "asin"
    if isbn13(owned.isbn) and isbn13(owned.isbn) == isbn13(entry.isbn):
        return "isbn"
    return None


def _asins_differ(owned: BookDescription, entry: BookDescription) -> bool:
    mine, theirs = asin(owned.asin), asin(entry.asin)
    return bool(mine and theirs and mine != theirs)


def _same_narrators(owned: BookDescription, entry: BookDescription) -> bool | None:
    """None if one of them names no narrator."""
    if not owned.narrators or not entry.narrators:
        return None
    return any(same_person(mine, theirs) for mine in owned.narrators for theirs in entry.narrators)


def _duration_apart(owned: BookDescription, entry: BookDescription) -> float | None:
    """The difference as a share of the longer duration; None if one is unknown."""
    mine, theirs = owned.duration_minutes, entry.duration_minutes
    return abs(mine - theirs) / max(mine, theirs) if mine and theirs else None


def _comparison(owned: BookDescription, entry: BookDescription) -> str:
    return _compared(_recording(owned), _recording(entry))


def _recording(one: BookDescription) -> str:
    minutes = one.duration_minutes
    narrators = ", ".join(one.narrators) or translatable("match.no_narrator", "narrator unknown")
    length = translatable("match.no_length", "length unknown")
    if minutes:
        length = translatable("match.length", f"{minutes} minutes", minutes=minutes)
    return translatable("match.recording", f"{narrators}, {length}", narrators=narrators, length=length)


def _compared(owned: str, listed: str) -> str:
    return translatable("match.compared", f"owned: {owned}; listed: {listed}", owned=owned, listed=listed)


def _same(number: str) -> str:
    return translatable("match.same_number", f"the {number} is the same", number=number)


def _verdict(edition: Edition, rule: str, words: str) -> EditionVerdict:
    return EditionVerdict(edition, Reason.of(rule, words))
