"""Checks titles for what does not belong to them."""

from collections import defaultdict
from collections.abc import Iterator

from shared.books.gaps.works import series_key
from shared.books.repairs.title_cleaning import CleanTitle
from shared.books.series.sequence import normalise
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found, repair
from library_scanner.domain.checks.group import Group

SAME_TITLE_AT_MOST = 0.6
"""The highest score of a title that other books of the author would have too."""


def check_titles(group: Group) -> Iterator[Found]:
    """Titles with the series, a number, a person, a year or marks of the copy."""
    taken: dict[str, set[str]] = defaultdict(set)
    for book in group.books:
        clean = group.clean_titles[book.id]
        taken[fold(clean.title if clean else book.title)].add(_place(group, book))
    for book in group.books:
        clean = group.clean_titles[book.id]
        if clean is not None:
            yield from _polluted(book, clean, shared=len(taken[fold(clean.title)]) > 1)


def _polluted(book: Book, clean: CleanTitle, *, shared: bool) -> Iterator[Found]:
    evidence = tuple(Reason.of(each.rule, _contains(each.words), each.weight) for each in clean.reasons)
    score = min(clean.score, SAME_TITLE_AT_MOST) if shared else clean.score
    repairs = repair(book, "title", clean.title, "title_cleaned", score, *evidence)
    if not repairs and score < SAME_TITLE_AT_MOST:
        return
    yield Found(
        FindingKind.TITLE_POLLUTED,
        (book.id,),
        translatable(
            "finding.title",
            f"the title “{book.title}” should be “{clean.title}”",
            title=book.title,
            better=clean.title,
        ),
        (book.title, clean.title),
        evidence,
        repairs=repairs,
    )


def _contains(part: str) -> str:
    return translatable("finding.title_contains", f"the title contains {part}", part=part)


def _place(group: Group, book: Book) -> str:
    """The place of a book, to tell volumes with one title from copies of one book."""
    for place in group.in_abs[book.id]:
        return f"{series_key(place.name)} {normalise(place.sequence)}"
    for one in group.readings[book.id][:1]:
        return f"{series_key(one.name)} {one.sequence}"
    return ""
