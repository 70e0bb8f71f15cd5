"""Applies a person's genre map to genres and tags."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import same_value, set_by_person
from shared.contracts.library.metadata_writes import FieldName
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.genre_map import GenreMap
from shared.contracts.metadata.proposals import ProposalKind, ProposedChange
from shared.contracts.values import Confidence, Reason
from shared.translatable import translatable

SOURCE = "GENRE_MAP"
MAPPED: tuple[FieldName, ...] = ("genres", "tags")
MAX_REASONS = 8


class GenreMapStore(Protocol):
    """The genre map, within one transaction."""

    async def get(self) -> GenreMap:
        """The map; an empty one if none was stored."""
        ...

    async def store(self, genre_map: GenreMap) -> None:
        """Replace the map."""
        ...


class MappedGenres:
    """The genre map, applied to the values of providers and of books."""

    def __init__(self, genre_map: GenreMap | None = None) -> None:
        self._replaced = genre_map.replacements() if genre_map else {}

    @property
    def rule(self) -> str:
        """A text that changes with the map."""
        return f"genres {self._replaced}"

    def mapped(self, names: Sequence[str]) -> list[str]:
        """The names by the map, each once, in their order."""
        if not self._replaced:
            return list(names)
        found: dict[str, str] = {}
        for name in names:
            for new in self._becomes(name):
                found.setdefault(fold(new) or new, new)
        return list(found.values())

    def entry(self, entry: CataloguedWork) -> CataloguedWork:
        """An entry of a provider with the genres of the map."""
        mapped = self.mapped(entry.genres)
        return entry if mapped == entry.genres else entry.model_copy(update={"genres": mapped})

    def changes(self, book: Book) -> list[ProposedChange]:
        """What the map changes in the genres and tags of a book. Fields that a person set or locked are left out."""
        return [change for field in MAPPED if not set_by_person(book, field) for change in self._change(book, field)]

    def _change(self, book: Book, field: FieldName) -> Iterator[ProposedChange]:
        old: list[str] = getattr(book, field)
        new = self.mapped(old)
        if same_value(field, old, new):
            return
        yield ProposedChange(
            book_id=book.id,
            field=field,
            old=old,
            new=new,
            kind=ProposalKind.GENRE_MAPPED,
            source=SOURCE,
            confidence=Confidence.HIGH,
            score=1.0,
            reasons=[self._reason(name) for name in old if self._becomes(name) != [name]][:MAX_REASONS],
        )

    def _reason(self, name: str) -> Reason:
        becomes = ", ".join(f"“{new}”" for new in self._becomes(name))
        words = translatable("match.genre_dropped", f"“{name}” is dropped", name=name)
        if becomes:
            words = translatable("match.genre_becomes", f"“{name}” becomes {becomes}", name=name, new=becomes)
        return Reason.of("genre map", words)

    def _becomes(self, name: str) -> list[str]:
        return list(self._replaced.get(fold(name), (name,)))
