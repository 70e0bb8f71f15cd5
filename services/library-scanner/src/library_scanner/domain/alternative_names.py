"""The further titles and authors under which providers know a work."""

from collections.abc import Iterable, Sequence

from shared.books.gaps.works import without_series
from shared.books.text.languages import same_language
from shared.books.text.names import same_people
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import CataloguedWork

MOST_TITLES, MOST_AUTHORS = 8, 8
"""More names of one work are hardly names of this work."""
_OF_PLACES = frozenset({"book", "volume", "vol", "part", "no", "number", "series", "saga", "trilogy"})


def other_titles(title: str, works: Sequence[CataloguedWork], language: str) -> tuple[str, ...]:
    """The titles of a work's entries in a language that are neither `title` nor that with an addition.

    "Oz, Book 3: Ozma of Oz" only adds series and place to "Ozma of Oz"; "Alcatraz 5" is no title at all.
    """
    mine = _compared(title)
    found: dict[str, str] = {}
    for work in works:
        if same_language(work.language, language) is False:
            continue
        for told in (work.title, *work.other_titles):
            plain = without_series(told)
            theirs, whole = _compared(plain), one_spelling(fold(f"{told} {work.subtitle or ''}"))
            only_adds = f" {mine} " in f" {whole} " and f" {mine} " not in f" {theirs} "
            if theirs and theirs != mine and not only_adds and not _is_a_place(theirs, work):
                found.setdefault(theirs, plain)
    return tuple(found.values())[:MOST_TITLES]


def other_authors(authors: Iterable[str], works: Sequence[CataloguedWork]) -> tuple[str, ...]:
    """The names of a work's authors that are not those of `authors`, such as pen names; without roles."""
    known = list(authors)
    found: list[str] = []
    for name in (name for work in works for name in work.authors):
        if " - " not in name and not same_people([name], [*known, *found]):
            found.append(name)
    return tuple(found)[:MOST_AUTHORS]


def _compared(title: str) -> str:
    return one_spelling(fold(main_title(title), drop_article=True))


def _is_a_place(theirs: str, work: CataloguedWork) -> bool:
    """Whether a title says nothing but a series and a place in it."""
    series = {word for place in work.series for word in one_spelling(fold(place.name)).split()}
    words = [word for word in theirs.split() if not word.isdigit() and word not in _OF_PLACES]
    had_place = len(words) < len(theirs.split())
    return not words or (had_place and series.issuperset(words))
