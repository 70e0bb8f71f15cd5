"""The changes that give a book the values of the edition that a person chose or pinned."""

from collections.abc import Callable, Mapping

from shared.books.gaps.works import same_series, series_key
from shared.books.series.sequence import normalise
from shared.books.text.languages import same_language
from shared.books.text.marks import strip_marks
from shared.books.text.names import same_people
from shared.books.text.titles import fold, main_title
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import (
    FIELDS,
    is_empty,
    names_in,
    places_in,
    same_value,
    set_by_person,
    stored_value,
)
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.field_choice import (
    AUTHOR_FIELDS,
    EDITION_FIELDS,
    ONLY_EDITION_FIELDS,
    WORK_FIELDS,
    Read,
)
from metadata.domain.publishers import are_different_publishers

READ: Mapping[FieldName, Read] = {
    "title": lambda entry: strip_marks(entry.title) or entry.title,
    "series": lambda entry: [
        SeriesPlace(name=each.name, sequence=normalise(each.sequence)) for each in entry.series if each.name.strip()
    ],
    **AUTHOR_FIELDS,
    **EDITION_FIELDS,
    **ONLY_EDITION_FIELDS,
    **WORK_FIELDS,
}
SAME_IN_EDITIONS_OF_A_WORK: frozenset[FieldName] = frozenset({"subtitle", "published_year", "description", "genres"})
"""Fields that are not wrong because another edition of the same work has another value."""


def changes_of_edition(book: Book, decided: Judged, *, same_work: bool, fill_only: bool = False) -> list[Change]:
    """Every field in which the book lacks or contradicts the decided edition, except those that a person set.

    Another spelling is no contradiction. If the book was described as another work, unlike `same_work`, every value of
    it is replaced for which the edition has one. With `fill_only`, only empty fields change.
    """
    changes: list[Change] = []
    for name in FIELDS:
        new = READ[name](decided.entry) if name in READ else None
        if is_empty(new) or set_by_person(book, name):
            continue
        old = stored_value(book, name)
        new = _completed(old, new) if name == "series" and same_work else new
        kept = not is_empty(old) and (fill_only or _agree(name, old, new, same_work=same_work))
        if not kept and not same_value(name, old, new):
            changes.append(Change(name, old, new, decided.entry.provider, decided.confidence, decided.reasons))
    return changes


def fields_of_edition(entry: CataloguedWork) -> set[FieldName]:
    """The fields for which the entry has a value."""
    return {name for name, read in READ.items() if not is_empty(read(entry))}


def _agree(name: FieldName, old: FieldValue, new: FieldValue, *, same_work: bool) -> bool:
    """Whether the old value says the same as the new one, or says nothing about the edition."""
    if same_work and name in SAME_IN_EDITIONS_OF_A_WORK:
        return True
    if isinstance(old, list) and isinstance(new, list):
        return _places(old) == _places(new) if name == "series" else same_people(names_in(old), names_in(new))
    text, other = str(old), str(new)
    return _SAME[name](text, other) if name in _SAME else fold(text) == fold(other)


def _same_title(text: str, other: str) -> bool:
    return fold(main_title(text), drop_article=True) == fold(main_title(other), drop_article=True)


_SAME: Mapping[FieldName, Callable[[str, str], bool]] = {
    "title": _same_title,
    "language": lambda text, other: same_language(text, other) is not False,
    "publisher": lambda text, other: not are_different_publishers(text, other),
}


def _completed(old: FieldValue, new: FieldValue) -> FieldValue:
    """The series of the book with the positions of the edition, if both name one of them; else those of the edition."""
    mine, theirs = places_in(old), places_in(new)
    found = {
        place: listed
        for place in mine
        for listed in theirs
        if same_series(series_key(place.name), series_key(listed.name))
    }
    if not found:
        return new
    sequences = {place: listed.sequence or place.sequence for place, listed in found.items()}
    return [SeriesPlace(name=each.name, sequence=sequences.get(each, each.sequence)) for each in mine]


def _places(value: FieldValue) -> list[tuple[str, str | None]]:
    return sorted(((series_key(each.name), normalise(each.sequence)) for each in places_in(value)), key=repr)
