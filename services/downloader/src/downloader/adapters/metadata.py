"""Chapters and covers of editions, from the metadata service."""

import base64
import binascii

from shared.chassis.bus import Bus
from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.chassis.pictures import ENDINGS
from shared.contracts.library.chapters import Chapter
from shared.contracts.metadata.editions import FindChapters, FindCover

from downloader.domain.chapters import ListedChapters
from downloader.domain.download import Download
from downloader.domain.edition_contents import Cover
from downloader.domain.release_metadata import imported_edition, narrators_of

_LONGEST_TEXT = 200
_MOST_NAMES = 20


class Metadata:
    """Requests to the metadata service. What it does not have in time is left out: an import never waits for it."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def chapters(self, download: Download) -> list[ListedChapters]:
        """The chapters of the release's edition, once for each provider; empty without an ASIN."""
        edition = imported_edition(download)
        if edition is None or edition.asin is None:
            return []
        try:
            found = await self._bus.ask(FindChapters(asin=edition.asin, language=_text(download.wanted.language)))
        except Refused as error:
            logger().info("chapters_not_found", download_id=str(download.id), because=str(error))
            return []
        return [
            ListedChapters([Chapter(one.title, one.start_ms) for one in each.chapters], each.seconds)
            for each in found.lists
        ]

    async def cover(self, download: Download) -> Cover | None:
        """The cover of the book, or None."""
        wanted, edition = download.wanted, imported_edition(download)
        title = _text(wanted.title)
        if title is None:
            return None
        request = FindCover(
            title=title,
            authors=_texts(wanted.authors),
            narrators=_texts(narrators_of(download)),
            asin=edition.asin if edition else None,
            isbn=edition.isbn if edition else None,
            language=_text(wanted.language),
        )
        try:
            found = await self._bus.ask(request)
            content = base64.b64decode(found.content or "", validate=True)
        except (Refused, binascii.Error) as error:
            logger().info("cover_not_found", download_id=str(download.id), because=str(error))
            return None
        ending = ENDINGS.get(found.media_type or "")
        return Cover(content, f".{ending}") if content and ending else None


def _text(text: str | None) -> str | None:
    """The text on one line, cut to what a request allows; None if nothing is left."""
    printable = "".join(char if char.isprintable() else " " for char in text or "")
    return " ".join(printable.split())[:_LONGEST_TEXT] or None


def _texts(texts: list[str]) -> list[str]:
    return [text for each in texts[:_MOST_NAMES] if (text := _text(each))]
