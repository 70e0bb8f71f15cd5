"""Chooses a cover and chapters for a book that has none."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.books.text.identifiers import asin
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.pictures import Picture
from shared.contracts.library.books import Book
from shared.contracts.library.chapters import Chapter, chapters_text, is_per_file
from shared.contracts.library.field_values import set_by_person
from shared.contracts.metadata.providers import Ability
from shared.contracts.values import Confidence, Reason
from shared.translatable import translatable

from metadata.domain.catalogue import Chapter as ListedChapter
from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.covers import SeenPictures, ShownFor, candidates, is_placeholder, why_not_a_cover
from metadata.domain.editions import Edition
from metadata.domain.providers import EnabledProvider, Registry

SAME_LENGTH_SECONDS = 3.0
"""The chapters belong to the owned recording if their length differs by no more."""
FEWEST_CHAPTERS = 2


class Pictures(Protocol):
    """Reads pictures from addresses of providers."""

    async def read(self, address: str) -> Picture | str:
        """The picture at an address, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ProviderChapters:
    """The chapters of one edition as a provider lists them."""

    provider: str
    chapters: Sequence[ListedChapter]

    @property
    def seconds(self) -> float:
        """Their whole length."""
        return (self.chapters[-1].start_ms + self.chapters[-1].length_ms) / 1000


class ContentChoice:
    """Looks for what a book lacks.

    `pictures` is None if no covers are added. `seen` recognizes placeholders. `with_chapters` looks for chapters too.
    """

    def __init__(
        self,
        registry: Registry,
        pictures: Pictures | None = None,
        seen: SeenPictures | None = None,
        *,
        with_chapters: bool = False,
    ) -> None:
        self._registry = registry
        self._pictures = pictures
        self._seen = seen
        self._with_chapters = with_chapters
        self._log = logger(service="metadata")

    async def changes(self, book: Book, judged: Sequence[Judged]) -> list[Change]:
        """A cover and chapters for a book in Audiobookshelf. A failure is logged and not raised."""
        if book.abs_id is None:
            return []
        found = [await self._cover(book, judged), await self._chapters(book, judged)]
        return [each for each in found if each is not None]

    async def cover(self, judged: Sequence[Judged], shown_for: ShownFor) -> tuple[Judged, Picture] | None:
        """The best cover, and the entry that shows it; None if there is none, or if no covers are added."""
        if self._pictures is None:
            return None
        for each in candidates(judged, self._registry.weight_of):
            picture = await self._pictures.read(each.entry.cover or "")
            why = picture if isinstance(picture, str) else await self._why_not(picture, shown_for)
            if why is None and isinstance(picture, Picture):
                return each, picture
            self._log.info("cover_not_used", book=shown_for.title, provider=each.entry.provider, why=why)
        return None

    async def chapters(self, identifier: str, language: str | None) -> AsyncIterator[ProviderChapters]:
        """The chapters of the edition with this ASIN, from each provider that lists them. Failures are logged."""
        for each in self._registry.enabled:
            listed = await self._listed(each, identifier, language)
            if len(listed) >= FEWEST_CHAPTERS:
                yield ProviderChapters(each.provider.name, listed)

    async def _cover(self, book: Book, judged: Sequence[Judged]) -> Change | None:
        if book.cover is not None or set_by_person(book, "cover"):
            return None
        found = await self.cover(judged, ShownFor.book(book))
        if found is None:
            return None
        each, picture = found
        width, height = picture.width, picture.height
        words = translatable("match.pixels", f"{width} × {height} pixels", width=width, height=height)
        size = Reason.of("picture", words)
        confidence = each.confidence if each.entry.is_audio else Confidence.MEDIUM
        return Change("cover", None, each.entry.cover, each.entry.provider, confidence, (size, *each.reasons))

    async def _why_not(self, picture: Picture, book: ShownFor) -> str | None:
        why = why_not_a_cover(picture.width, picture.height, is_blank=picture.is_blank)
        if why is None and self._seen is not None:
            shown_for = await self._seen.record(picture.digest, book)
            why = "it is a placeholder: other books have it too" if is_placeholder(shown_for) else None
        return why

    async def _chapters(self, book: Book, judged: Sequence[Judged]) -> Change | None:
        """Chapters of the edition with the ASIN of the book, if their length is that of the book."""
        replaceable = book.chapters is None or is_per_file(book.chapters)
        if not self._with_chapters or not replaceable or not book.duration_seconds or set_by_person(book, "chapters"):
            return None
        sure = next((each for each in judged if each.edition is Edition.THIS and asin(each.entry.asin)), None)
        if sure is None:
            return None
        async for each in self.chapters(asin(sure.entry.asin) or "", book.language):
            length = each.seconds
            if abs(length - book.duration_seconds) > SAME_LENGTH_SECONDS:
                continue
            text = chapters_text([Chapter(one.title, one.start_ms) for one in each.chapters])
            count = len(each.chapters)
            words = translatable(
                "match.chapters",
                f"{count} chapters of {length:.0f} seconds; the book has {book.duration_seconds:.0f} seconds",
                count=count,
                seconds=round(length),
                book=round(book.duration_seconds),
            )
            reasons = (Reason.of("length of the chapters", words), *sure.reasons)
            return Change("chapters", book.chapters, text, each.provider.upper(), Confidence.HIGH, reasons)
        return None

    async def _listed(self, each: EnabledProvider, identifier: str, language: str | None) -> list[ListedChapter]:
        if Ability.CHAPTERS not in each.provider.abilities:
            return []
        try:
            return (await each.provider.chapters(identifier, language=language)).chapters
        except RemoteError as error:
            self._log.warning("chapters_not_found", provider=each.provider.name, reason=error.detail)
            return []
