"""What a person's decision about the identity of a book means for judging the entries of providers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shared.books.description import BookDescription
from shared.books.text.identifiers import asin, isbn13
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.matches import Match
from shared.contracts.values import Confidence, MatchDecision, Reason
from shared.translatable import translatable

from metadata.domain.confidence import Judged, Judgement
from metadata.domain.descriptions import of_book, of_entry
from metadata.domain.editions import Edition


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A decision, with the folder and the ASINs by which the item is recognized if it is imported again."""

    match: Match
    path: str
    asins: frozenset[str]

    def is_about(self, book: Book) -> bool:
        """Whether it was decided about this book, and not about an item that the book may have replaced."""
        return self.match.book_id == book.id

    def has_folder_of(self, book: Book) -> bool:
        """Whether the item had the same folder."""
        return bool(book.path) and self.path == book.path

    def has_asin_of(self, book: Book) -> bool:
        """Whether the item had the same ASIN."""
        return asin(book.asin) in self.asins


def judgement_of(book: Book, match: Match | None) -> Judgement:
    """Judges the entries for a book. With a decided edition, entries are compared with that edition."""
    return Judgement(of_book(book) if match is None else _described(book, match))


def judged_by(judge: Judgement, match: Match | None, entries: Sequence[CataloguedWork]) -> list[Judged]:
    """Judge entries, the surest first. What a person decided is HIGH and first, whatever the entries say.

    A decided entry that no provider lists any more is judged as it was decided.
    """
    if match is None:
        return judge(entries)
    listed = [each for each in entries if is_decided(match, each)]
    stored = [match.entry] if match.entry and not listed else []
    return sorted((_decided(each, match) for each in judge([*stored, *entries])), key=lambda each: not each.decided)


def is_decided(match: Match, entry: CataloguedWork) -> bool:
    """Whether a person decided that the book is this entry or the edition that it describes."""
    if match.decision is MatchDecision.CHOSEN:
        return match.entry is not None and entry.id == match.entry.id
    same_asin = bool(match.asin) and asin(entry.asin) == match.asin
    return same_asin or (bool(match.isbn) and isbn13(entry.isbn) == match.isbn)


def decided_reason(match: Match) -> Reason:
    """Who decided what, and when."""
    number = f"ASIN {match.asin}" if match.asin else f"ISBN {match.isbn}"
    what = {
        MatchDecision.CHOSEN: translatable("match.chosen", "chosen"),
        MatchDecision.PINNED: translatable("match.pinned", f"pinned by {number}", number=number),
        MatchDecision.UNMATCHED: translatable("match.none", "no entry is the book, as decided"),
    }[match.decision]
    words = f"{what} by {match.decided_by} on {match.decided_at:%Y-%m-%d}{f': {match.reason}' if match.reason else ''}"
    by, at, why = match.decided_by, match.decided_at.isoformat(), match.reason or None
    return Reason.of("decided", translatable("match.decided", words, what=what, by=by, at=at, why=why), 1.0)


def _decided(judged: Judged, match: Match) -> Judged:
    if not is_decided(match, judged.entry):
        return judged
    return replace(
        judged,
        confidence=Confidence.HIGH,
        edition=Edition.THIS,
        identified=True,
        decided=True,
        reasons=(decided_reason(match), *judged.reasons),
    )


def _described(book: Book, match: Match) -> BookDescription:
    """The decided edition; the book supplies what the edition lacks, except its folder, which may mislead."""
    own = of_book(book)
    if match.entry is None:
        return replace(own, asin=match.asin or own.asin, isbn=match.isbn or own.isbn)
    edition = of_entry(match.entry)
    return replace(
        edition,
        authors=edition.authors or own.authors,
        narrators=edition.narrators or own.narrators,
        asin=edition.asin or match.asin,
        isbn=edition.isbn or match.isbn,
        language=edition.language or own.language,
        duration_minutes=edition.duration_minutes or own.duration_minutes,
    )


def asins_of(match: Match, book: Book) -> list[str]:
    """The ASINs by which the item is recognized if it is imported again to another folder."""
    known: Iterable[str | None] = (match.asin, match.entry.asin if match.entry else None, book.asin)
    return list(dict.fromkeys(found for each in known if (found := asin(each))))
