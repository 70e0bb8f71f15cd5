"""How well the files of a folder fit a missing book or a book of the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.releases.judging import judge_release, ready
from shared.books.text.titles import fold, main_title
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.imports import FoundMatch
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Confidence, Reason

from downloader.domain.decision import described, wanted_book
from downloader.domain.playing_time import known_minutes, nearest

MAX_MATCHES = 5
_ORDER = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


@dataclass(frozen=True, slots=True)
class _Ranked:
    match: FoundMatch
    score: float

    @property
    def key(self) -> tuple[int, float]:
        return _ORDER.index(self.match.confidence), -self.score


def matches_of(
    release: Release, path: str, missing: Iterable[MissingBook], owned: Sequence[Book], *, tolerance: float
) -> list[FoundMatch]:
    """The missing and the owned books that the files may be, best first. At most `MAX_MATCHES` are missing books.

    `path` is where the files are; `tolerance` is the share by which their playing time may differ.
    """
    words = fold(f"{release.title} {path}")
    found = [
        ranked
        for book in missing
        if fold(main_title(book.title)) in words and (ranked := _judged(release, book, tolerance)) is not None
    ]
    found.sort(key=lambda each: each.key)
    return [*(each.match for each in found[:MAX_MATCHES]), *(_owned(book) for book in owned if _is_same(release, book))]


def _judged(release: Release, book: MissingBook, tolerance: float) -> _Ranked | None:
    judgement = judge_release(ready(wanted_book(book)), described(release))
    verdict = Verdict(judgement.outcome.value)
    if verdict is Verdict.REJECTED:
        return None
    reasons = [Reason(rule=one.rule, words=one.words, weight=one.weight) for one in judgement.reasons]
    confidence = Confidence.LOW if verdict is Verdict.DOUBTFUL else Confidence.MEDIUM
    known = known_minutes(book)
    if known and release.duration_minutes:
        want = nearest(known, release.duration_minutes)
        fits = abs(release.duration_minutes - want) <= tolerance * want + 1
        words = f"got {release.duration_minutes} minutes, want {want:g}"
        reasons.append(Reason(rule="playing time", words=words, weight=0.5 if fits else -0.5))
        if not fits:
            confidence = Confidence.LOW
        elif confidence is Confidence.MEDIUM:
            confidence = Confidence.HIGH
    match = FoundMatch(
        missing_book_id=book.id, title=book.title, authors=book.authors, confidence=confidence, reasons=reasons
    )
    return _Ranked(match, judgement.score)


def _is_same(release: Release, book: Book) -> bool:
    title = fold(main_title(book.title))
    authors = {fold(author) for author in book.authors}
    return title == fold(main_title(release.title)) and (
        not release.authors or any(fold(author) in authors for author in release.authors)
    )


def _owned(book: Book) -> FoundMatch:
    reason = Reason(rule="owned", words=f"the library has it at {book.path}", weight=-1.0)
    return FoundMatch(
        book_id=book.id, title=book.title, authors=book.authors, confidence=Confidence.MEDIUM, reasons=[reason]
    )
