"""The release must be the wanted work: the same title and author, and the same place if both have one."""

from functools import lru_cache

from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.folded import folded
from shared.books.matching.same_work import Answer, Verdict, compare_folded
from shared.books.releases.description import Finding, Outcome, ReadRelease, ReadWanted
from shared.books.releases.explained_name import Explained, explain
from shared.translatable import translatable

RULE = "same work"
_NO_TITLE = translatable("release.no_title", "the title is missing")
_NO_AUTHOR = translatable("release.no_author", "the author is missing")
_OUTCOME = {
    Answer.SAME: Outcome.ACCEPTED,
    Answer.UNSURE: Outcome.DOUBTFUL,
    Answer.DIFFERENT: Outcome.REJECTED,
}


def check(wanted: ReadWanted, read: ReadRelease) -> Finding:
    """Accept a release if the wanted book explains every word of the name and both are the same work.

    A name without the title or the author is rejected. A name with unexplained words is doubtful.
    """
    named = explain(wanted.sought, read.text, author_given=bool(read.book.authors))
    book = wanted.wanted.book
    want = _wanted(book.title, book.authors)
    name = read.release.name[:120]
    if not named.title or not named.author:
        return Finding(RULE, Outcome.REJECTED, _but(name, _NO_TITLE if not named.title else _NO_AUTHOR), want, 0.0)
    verdict = _verdict(wanted, _as_named(wanted, read, named))
    if verdict.answer is not Answer.SAME:
        against = min(verdict.reasons, key=lambda reason: reason.weight)
        why = translatable("release.differs", against.words, rule=against.rule)
        return Finding(RULE, _OUTCOME[verdict.answer], _but(name, why), want, 0.0)
    if None not in (named.place, wanted.sought.place) and named.place != wanted.sought.place:
        words = f"place {named.place} in its series, not {wanted.sought.place}"
        why = translatable("release.other_place", words, place=named.place, wanted=wanted.sought.place)
        return Finding(RULE, Outcome.DOUBTFUL, _but(name, why), want, 0.0)
    if named.doubt is not None:
        return Finding(RULE, Outcome.DOUBTFUL, _but(name, named.doubt), want, 0.0)
    return Finding(RULE, Outcome.ACCEPTED, f"“{name}”", want, 1.0 - verdict.distance)


@lru_cache(maxsize=64)
def _wanted(title: str, authors: tuple[str, ...]) -> str:
    """The wanted work. It is the same for all releases of a search."""
    names = ", ".join(authors[:3])
    words = f"“{title[:120]}” by {names or 'an unknown author'}"
    return translatable("release.wanted", words, title=title[:120], authors=names or None)


def _but(name: str, why: str) -> str:
    return translatable("release.named_but", f"“{name}” ({why})", name=name, why=why)


def _verdict(wanted: ReadWanted, named: BookDescription) -> Verdict:
    """The comparison, made once for all releases of a search that name the same people and place."""
    if named not in wanted.verdicts:
        wanted.verdicts[named] = compare_folded(folded(named), wanted.folded)
    return wanted.verdicts[named]


def _as_named(wanted: ReadWanted, read: ReadRelease, named: Explained) -> BookDescription:
    """The release as a description to compare, from the name and the indexer's fields, under the title found in it."""
    book = wanted.wanted.book
    series = tuple(place for place in read.book.series if place.sequence)
    if not series and named.place and book.series:
        series = (SeriesPlace(book.series[0].name, named.place),)
    authors = read.book.authors or book.authors
    return BookDescription(book.title, authors=authors, series=series)
