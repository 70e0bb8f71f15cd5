"""The alternative titles and author names under which providers list a work."""

from collections.abc import Iterable, Sequence

from shared.books.gaps.works import without_series
from shared.books.text.languages import same_language
from shared.books.text.names import same_people
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.bibliographies import CataloguedWork

MAX_TITLES, MAX_AUTHORS = 8, 8
"""With more names than this, some of them belong to other works."""
_OF_PLACES = frozenset({"book", "volume", "vol", "part", "no", "number", "series", "saga", "trilogy"})


def other_titles(title: str, works: Sequence[CataloguedWork], language: str) -> tuple[str, ...]:
    """Return the titles of a work's entries in a language that differ from `title` by more than an addition.

    "Oz, Book 3: Ozma of Oz" only adds the series to "Ozma of Oz". "Alcatraz 5" is a position, not a title.
    """
    mine = _compared(title)
    found: dict[str, str] = {}
    for work in works:
        if same_language(work.language, language) is False:
            continue
        for entry_title in (work.title, *work.other_titles):
            plain = without_series(entry_title)
            theirs, whole = _compared(plain), one_spelling(fold(f"{entry_title} {work.subtitle or ''}"))
            only_adds = f" {mine} " in f" {whole} " and f" {mine} " not in f" {theirs} "
            if theirs and theirs != mine and not only_adds and not _is_a_place(theirs, work):
                found.setdefault(theirs, plain)
    return tuple(found.values())[:MAX_TITLES]


def other_authors(authors: Iterable[str], works: Sequence[CataloguedWork]) -> tuple[str, ...]:
    """Return the authors of a work's entries that are not in `authors`, such as pen names, without those with roles."""
    known = list(authors)
    found: list[str] = []
    for name in (name for work in works for name in work.authors):
        if " - " not in name and not same_people([name], [*known, *found]):
            found.append(name)
    return tuple(found)[:MAX_AUTHORS]


def _compared(title: str) -> str:
    return one_spelling(fold(main_title(title), drop_article=True))


def _is_a_place(theirs: str, work: CataloguedWork) -> bool:
    """Whether a title consists only of a series and a position in it."""
    series = {word for place in work.series for word in one_spelling(fold(place.name)).split()}
    words = [word for word in theirs.split() if not word.isdigit() and word not in _OF_PLACES]
    had_place = len(words) < len(theirs.split())
    return not words or (had_place and series.issuperset(words))
