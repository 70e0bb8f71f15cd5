"""The changes that give an imported book the metadata of its work, which replaces the release's tags."""

from collections.abc import Iterator

from shared.books.gaps.works import same_series, series_key
from shared.contracts.downloads.events import ImportedEdition, ImportedWork
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import (
    ABS,
    is_empty,
    same_value,
    set_by_person,
    stored_series,
    stored_value,
)
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import Confidence, Reason, SeriesPlace
from shared.translatable import translatable

from metadata.domain.changes import Change

FROM_THE_WORK = Reason.of("imported", translatable("match.of_work", "the book was downloaded as this work"))
FROM_THE_RELEASE = Reason.of("imported", translatable("match.of_release", "the downloaded release says so"))


def changes_of_import(book: Book, work: ImportedWork | None, edition: ImportedEdition | None) -> list[Change]:
    """The work's values replace the tags, and the release's values fill empty fields.

    A field that was changed since the import is not a tag any more and keeps its value.
    """
    of_the_work = list(_work_changes(book, work)) if work else []
    done = {each.field for each in of_the_work}
    of_the_edition = _edition_changes(book, edition) if edition else ()
    return [*of_the_work, *(each for each in of_the_edition if each.field not in done)]


def _work_changes(book: Book, work: ImportedWork) -> Iterator[Change]:
    values: dict[FieldName, FieldValue] = {
        "title": work.title,
        "subtitle": work.subtitle,
        "authors": work.authors,
        "series": _series(book, work.series),
        "language": book.language or work.language,
    }
    for name, new in values.items():
        old = stored_value(book, name)
        if not is_empty(new) and not same_value(name, old, new) and _is_a_tag(book, name):
            yield Change(name, old, new, work.source, Confidence.HIGH, (FROM_THE_WORK,))


def _is_a_tag(book: Book, field: FieldName) -> bool:
    """Whether the field has the value with which Audiobookshelf showed the book first, or never had one."""
    return book.metadata_source.get(field, ABS) == ABS


def _series(book: Book, place: SeriesPlace | None) -> list[SeriesPlace]:
    """The work's series, and the other series of the tags if the tags contain the work's series too.

    Otherwise the series of the tags are not trusted.
    """
    if place is None:
        return []
    tagged = stored_series(book)
    mine = [each for each in tagged if same_series(series_key(each.name), series_key(place.name))]
    own = SeriesPlace(name=place.name, sequence=place.sequence or next((each.sequence for each in mine), None))
    return [own, *(each for each in tagged if mine and each not in mine)]


def _edition_changes(book: Book, edition: ImportedEdition) -> Iterator[Change]:
    values: dict[FieldName, FieldValue] = {
        "authors": edition.authors,
        "narrators": edition.narrators,
        "series": [each for each in edition.series if each.name.strip()],
        "asin": edition.asin,
        "isbn": edition.isbn,
    }
    for name, new in values.items():
        old = stored_value(book, name)
        if is_empty(old) and not is_empty(new) and not set_by_person(book, name):
            yield Change(name, old, new, edition.source, Confidence.HIGH, (FROM_THE_RELEASE,))
