"""Typical defects of the metadata in a library. After each, the series can still be found somewhere."""

from collections.abc import Callable
from typing import Any

from sandbox.world import SeriesPlace, Work
from sandbox.worldmaking import facts

Mess = Callable[[Work], dict[str, Any]]


def _tidy(work: Work) -> dict[str, Any]:
    return {}


def _bare(work: Work) -> dict[str, Any]:
    """Most metadata is missing, but the folder is right."""
    return {"without": ("series", "asin", "isbn", "publisher", "language")}


def _series_in_title(work: Work) -> dict[str, Any]:
    place = work.series[0]
    return {"title": f"{work.title} ({place.name}, Book {place.sequence})", "without": ("series", "asin")}


def _series_before_title(work: Work) -> dict[str, Any]:
    place = work.series[0]
    return {"title": f"{place.name} {int(place.sequence or 0):02d} - {work.title}", "without": ("series", "isbn")}


def _series_in_subtitle(work: Work) -> dict[str, Any]:
    place = work.series[0]
    return {"subtitle": f"Book {place.sequence} of {place.name}", "without": ("series", "published_year")}


def _no_number(work: Work) -> dict[str, Any]:
    return {"series": [SeriesPlace(name=work.series[0].name)]}


def _underscores(work: Work) -> dict[str, Any]:
    place, author = work.series[0], facts.inverted(work.authors[0])
    name = f"{place.name}_{int(place.sequence or 0):02d}_{work.title}".replace(" ", "_")
    return {"folder": f"{author}/{name}", "title": work.title.replace(" ", "_"), "without": ("series", "narrators")}


def _narrator_in_folder(work: Work) -> dict[str, Any]:
    narrator = work.editions[0].narrators[0]
    return {"folder": f"{facts.shelf(work)} {{{narrator}}}", "without": ("narrators", "asin")}


def _author_inverted(work: Work) -> dict[str, Any]:
    return {"authors": [facts.inverted(work.authors[0])], "without": ("publisher",)}


def _unabridged_mark(work: Work) -> dict[str, Any]:
    return {"title": f"{work.title} (Unabridged)", "without": ("isbn", "language")}


_OF_ANY_BOOK: tuple[Mess, ...] = (_tidy, _tidy, _tidy, _tidy, _bare, _narrator_in_folder, _author_inverted)
_OF_SERIES: tuple[Mess, ...] = (
    *_OF_ANY_BOOK,
    _series_in_title,
    _series_before_title,
    _series_in_subtitle,
    _no_number,
    _underscores,
    _unabridged_mark,
)


def mess_of(work: Work) -> dict[str, Any]:
    """The changes to a tidy book, as arguments of `WorldMaker.own`."""
    return facts.pick(_OF_SERIES if work.series else _OF_ANY_BOOK, "mess", work.id)(work)
