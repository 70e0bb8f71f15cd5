"""Finds the chapters and the cover of an edition that is about to be imported."""

import asyncio
import base64

from shared.books.description import BookDescription
from shared.books.text.identifiers import asin, isbn13
from shared.books.text.titles import fold, main_title
from shared.contracts.metadata.editions import (
    ChapterList,
    EditionChapter,
    FindChapters,
    FindCover,
    FoundChapters,
    FoundCover,
)

from metadata.domain.confidence import Judgement
from metadata.domain.covers import ShownFor
from metadata.domain.matches import judged_by
from metadata.workflow.content_choice import ContentChoice
from metadata.workflow.edition_search import EditionSearch

LARGEST_COVER_BYTES = 4 * 2**20
"""In base64 it must fit into a message."""
_WITHIN_SECONDS = 50.0


class FindEditionContentHandlers:
    """Answers `FindChapters` and `FindCover`."""

    def __init__(self, search: EditionSearch, contents: ContentChoice) -> None:
        self._search = search
        self._contents = contents

    async def find_chapters(self, request: FindChapters) -> FoundChapters:
        """The chapters, from each provider that lists them in time."""
        lists: list[ChapterList] = []
        identifier = asin(request.asin)
        if identifier is None:
            return FoundChapters()
        try:
            async with asyncio.timeout(_WITHIN_SECONDS):
                async for each in self._contents.chapters(identifier, request.language):
                    chapters = [EditionChapter(title=one.title, start_ms=one.start_ms) for one in each.chapters]
                    lists.append(ChapterList(provider=each.provider, seconds=each.seconds, chapters=chapters))
        except TimeoutError:
            pass
        return FoundChapters(lists=lists)

    async def find_cover(self, request: FindCover) -> FoundCover:
        """The best cover of the book, as for a book of the library that has none."""
        asked = BookDescription(
            title=request.title,
            authors=tuple(request.authors),
            narrators=tuple(request.narrators),
            asin=asin(request.asin),
            isbn=isbn13(request.isbn),
            language=request.language,
            duration_minutes=request.duration_minutes,
        )
        shown_for = ShownFor(fold(main_title(request.title)), fold(request.authors[0]) if request.authors else "")
        judge = Judgement(asked)
        try:
            async with asyncio.timeout(_WITHIN_SECONDS):
                answers = await self._search.search(judge)
                found = await self._contents.cover(judged_by(judge, None, answers.entries), shown_for)
        except TimeoutError:
            found = None
        if found is None or len(found[1].content) > LARGEST_COVER_BYTES:
            return FoundCover()
        entry, picture = found
        return FoundCover(
            provider=entry.entry.provider,
            media_type=picture.media_type,
            content=base64.b64encode(picture.content).decode(),
        )
