"""A person's corrections of the list of a series, applied to what the providers say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from shared.books.description import SeriesPlace as BookPlace
from shared.books.gaps.answer import CatalogueEntry
from shared.books.gaps.works import same_series, series_key
from shared.contracts.library.books import Book
from shared.contracts.library.series_corrections import SeriesCorrectionKind
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace
from shared.translatable import translatable

from library_scanner.domain.catalogue_entries import describe_entry
from library_scanner.domain.owned import describe
from library_scanner.domain.work_refs import WorkRef

PERSON = "PERSON"
"""The provider of works that a person added to a series."""


@dataclass(frozen=True, slots=True)
class SeriesCorrection:
    """One decision of a person about a series.

    `other_id` and `other_name` are the series that was merged into it, or that was split off. `made_by` and `undone_by`
    are the names of the API keys.
    """

    id: UUID
    series_id: UUID
    series_name: str
    kind: SeriesCorrectionKind
    works: tuple[WorkRef, ...]
    made_at: datetime
    other_id: UUID | None = None
    other_name: str | None = None
    isbn: str | None = None
    asin: str | None = None
    note: str | None = None
    undone_at: datetime | None = None
    moved_missing: tuple[UUID, ...] = ()
    made_by: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True)
class Rulings:
    """The corrections that apply to one series, or, for an author, the removals from every series."""

    series_id: UUID | None = None
    name: str = ""
    corrections: tuple[SeriesCorrection, ...] = ()
    language: str | None = None

    def other_names(self) -> list[str]:
        """The names under which providers may list works of this series: merged series, and those split."""
        names = [each.other_name for each in self._own(SeriesCorrectionKind.MERGE)]
        names += [each.series_name for each in self.corrections if self._moves_here(each)]
        return [name for name in dict.fromkeys(names) if name]

    def why_removed(self, work: CataloguedWork) -> str | None:
        """Why a person's decision keeps an entry out, in words, or None."""
        book = describe_entry(work)
        for each in self.corrections:
            if self._keeps_out(each) and any(ref.is_entry(work.id, book) for ref in each.works):
                return _words(each)
        return None

    def listed(self, works: Iterable[CataloguedWork]) -> list[CataloguedWork]:
        """The works with merged series under one name, with what was moved here, and with what a person added."""
        found = [self._named(work) for work in works]
        have = {work.id for work in found}
        return found + [work for work in self._added() if work.id not in have]

    def placed(self, entries: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
        """The entries, each with the place that a person gave it."""
        changes = [each for each in self._own(SeriesCorrectionKind.RENUMBER)]
        return [self._renumbered(entry, changes) for entry in entries] if changes else list(entries)

    @cached_property
    def _ids(self) -> frozenset[UUID | None]:
        """The series itself, and those that were merged into it, directly or not."""
        ids: set[UUID | None] = {self.series_id} - {None}
        merges = [each for each in self.corrections if each.kind is SeriesCorrectionKind.MERGE]
        for _ in merges:
            ids |= {each.other_id for each in merges if each.series_id in ids}
        return frozenset(ids)

    def _own(self, kind: SeriesCorrectionKind) -> list[SeriesCorrection]:
        return [each for each in self.corrections if each.kind is kind and each.series_id in self._ids]

    def _moves_here(self, each: SeriesCorrection) -> bool:
        return each.kind is SeriesCorrectionKind.SPLIT and each.other_id in self._ids

    def _keeps_out(self, each: SeriesCorrection) -> bool:
        if self.series_id is None:
            return each.kind is SeriesCorrectionKind.REMOVE
        moved = each.kind is SeriesCorrectionKind.SPLIT and each.other_id not in self._ids
        return each.series_id in self._ids and (moved or each.kind is SeriesCorrectionKind.REMOVE)

    def _named(self, work: CataloguedWork) -> CataloguedWork:
        """The work with its place in this series, if a person merged or moved it here."""
        merged = [series_key(each.other_name or "") for each in self._own(SeriesCorrectionKind.MERGE)]
        if merged and any(series_key(place.name) in merged for place in work.series):
            renamed = [
                SeriesPlace(name=self.name, sequence=place.sequence) if series_key(place.name) in merged else place
                for place in work.series
            ]
            work = work.model_copy(update={"series": renamed})
        book = describe_entry(work)
        for each in self.corrections:
            for ref in each.works if self._moves_here(each) else ():
                if ref.is_entry(work.id, book):
                    place = SeriesPlace(name=self.name, sequence=ref.place)
                    return work.model_copy(update={"series": [place, *work.series]})
        return work

    def _added(self) -> list[CataloguedWork]:
        return [
            CataloguedWork(
                id=catalogue_id(each),
                provider=PERSON,
                title=ref.titles[0],
                authors=list(ref.authors),
                series=[SeriesPlace(name=self.name, sequence=ref.place)],
                isbn=each.isbn,
                asin=each.asin,
                language=self.language,
                is_audio=True,
            )
            for each in self._own(SeriesCorrectionKind.ADD)
            for ref in each.works
        ]

    def _renumbered(self, entry: CatalogueEntry, changes: Sequence[SeriesCorrection]) -> CatalogueEntry:
        book, key = entry.description, series_key(self.name)
        for each in reversed(changes):
            for ref in each.works:
                if ref.is_entry(entry.id, book):
                    others = tuple(place for place in book.series if not same_series(series_key(place.name), key))
                    placed = (BookPlace(self.name, ref.place), *others)
                    return CatalogueEntry(entry.id, replace(book, series=placed))
        return entry


def catalogue_id(added: SeriesCorrection) -> str:
    """Return the id of the entry of a work that a person added."""
    return f"{PERSON}:{added.id}"


def link_of(
    book: Book, series_id: UUID, sequence: str | None, corrections: Sequence[SeriesCorrection]
) -> tuple[UUID, str | None] | None:
    """Return the series and the place of a book after a person's corrections; None if it belongs to no series.

    `corrections` are all that are in force for the series of the library, in the order in which they were made.
    """
    for _ in range(len(corrections) + 1):
        target = _next_link(book, series_id, sequence, corrections)
        if target is None or target[0] == series_id:
            return target
        series_id, sequence = target
    return series_id, sequence


def _next_link(
    book: Book, series_id: UUID, sequence: str | None, corrections: Sequence[SeriesCorrection]
) -> tuple[UUID, str | None] | None:
    description = describe(book)
    for each in corrections:
        if each.kind is SeriesCorrectionKind.MERGE and each.other_id == series_id:
            return each.series_id, sequence
        if each.series_id != series_id:
            continue
        ref = next((one for one in each.works if one.is_book(book.id, description)), None)
        if ref is None:
            continue
        if each.kind is SeriesCorrectionKind.REMOVE:
            return None
        if each.kind is SeriesCorrectionKind.SPLIT and each.other_id is not None:
            return each.other_id, ref.place or sequence
        if each.kind is SeriesCorrectionKind.RENUMBER:
            sequence = ref.place
    return series_id, sequence


def _words(each: SeriesCorrection) -> str:
    note, after = each.note or None, f": {each.note}" if each.note else ""
    if each.kind is SeriesCorrectionKind.SPLIT:
        words = f"a person moved it to the series “{each.other_name}”{after}"
        return translatable("work.moved", words, series=each.other_name, note=note)
    words = f"a person removed it from the series “{each.series_name}”{after}"
    return translatable("work.removed", words, series=each.series_name, note=note)
