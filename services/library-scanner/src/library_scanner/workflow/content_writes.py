"""Writes covers and chapters to Audiobookshelf, and stores what they replace, so that an undo restores it exactly."""

import hashlib
import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from shared.chassis.pictures import NoPicture, read_picture
from shared.contracts.library.chapters import is_per_file, parse_chapters
from shared.contracts.library.metadata_writes import FieldChange
from shared.translatable import translatable

from library_scanner.domain.contents import CONTENTS, Covers, FormerContent, ItemContents, Refused, chapters_of
from library_scanner.domain.item import CoverFile, Item, ItemChapter
from library_scanner.domain.transaction import Transaction, Transactions


class ContentWrites:
    """Writes one content at a time.

    Without a person, a cover is only written where there is none, or in place of one smaller than `tiny_pixels` if it
    is larger itself, and chapters only where there are none or one for each file.
    """

    def __init__(self, transaction: Transactions, library: ItemContents, covers: Covers, *, tiny_pixels: int) -> None:
        self._transaction = transaction
        self._library = library
        self._covers = covers
        self._tiny_pixels = tiny_pixels

    async def write(self, item: Item, book_id: UUID, change: FieldChange, *, by_person: bool) -> None:
        """Write the new value of a cover or of chapters, or restore the former one.

        Raises `Refused`, and the `RemoteError` family if Audiobookshelf fails.
        """
        new = change.new if isinstance(change.new, str) else None
        old = change.old if isinstance(change.old, str) else None
        async with self._transaction() as tx:
            formers = [await tx.former_contents.of(each) for each in change.settled_ids]
        restored = formers[0] if formers[0] is not None and formers[0].value == new else None
        ours = {each.written for each in formers if each is not None}
        if change.field == "cover":
            cover = await self._new_cover(new, restored)
            present = await self._library.cover(item.abs_id) if item.cover_path else None
            self._check_cover(present, ours if restored else None, by_person=by_person)
            if present and cover and restored is None and not by_person and self._is_tiny(cover):
                raise Refused(translatable("refused.cover_tiny", "the new cover is as small as the present one"))
            media_type, content = (present.media_type, present.content) if present else ("", b"")
            value = old if present else None
            written = _digest(cover) if cover else None
            await self._keep(FormerContent(change.correction_id, book_id, "cover", value, media_type, content, written))
            await self._library.set_cover(item.abs_id, cover)
        else:
            chapters = _new_chapters(item, new, restored)
            if not by_person and item.chapters and not is_per_file(chapters_of(item)):
                raise Refused(translatable("refused.has_chapters", "the book has chapters already"))
            await self._keep(FormerContent(change.correction_id, book_id, "chapters", old, *_stored(item)))
            await self._library.set_chapters(item.abs_id, chapters)

    async def settle(self, tx: Transaction, written: Sequence[FieldChange], refused: Sequence[FieldChange]) -> None:
        """Delete what is not needed for an undo any more: after it, and if nothing was written."""
        for change in (*written, *refused):
            if change.field in CONTENTS:
                former = await tx.former_contents.of(change.correction_id)
                is_undo = former is not None and former.value == change.new
                if is_undo == (change in written):
                    await tx.former_contents.drop(change.settled_ids)

    async def _new_cover(self, new: str | None, restored: FormerContent | None) -> CoverFile | None:
        if new is None:
            return None
        if restored is not None:
            return CoverFile(restored.content, restored.media_type)
        if not new.startswith(("http://", "https://")):
            raise Refused(translatable("refused.cover_forgotten", "the former cover is not stored any more"))
        return await self._covers.fetch(new)

    def _check_cover(self, present: CoverFile | None, ours: AbstractSet[str | None] | None, *, by_person: bool) -> None:
        """Raise `Refused` for a cover that must stay: it is large enough, or not one of `ours`, which are undone."""
        if present is None:
            return
        if ours is not None and _digest(present) not in ours:
            raise Refused(translatable("refused.cover_changed", "the cover was changed in Audiobookshelf meanwhile"))
        if not by_person and not self._is_tiny(present):
            raise Refused(f"the book has a cover of at least {self._tiny_pixels} pixels already")

    def _is_tiny(self, cover: CoverFile) -> bool:
        try:
            picture = read_picture(cover.content)
        except NoPicture:
            return False
        return min(picture.width, picture.height) < self._tiny_pixels

    async def _keep(self, former: FormerContent) -> None:
        async with self._transaction() as tx:
            await tx.former_contents.keep(former)


def _digest(cover: CoverFile) -> str:
    return hashlib.sha256(cover.content).hexdigest()


def _stored(item: Item) -> tuple[str, bytes]:
    listed = [[each.title, each.start, each.end] for each in item.chapters]
    return "application/json", json.dumps(listed, ensure_ascii=False).encode()


def _new_chapters(item: Item, new: str | None, restored: FormerContent | None) -> list[ItemChapter]:
    """The chapters to write. The last one ends with the book."""
    if new is None:
        return []
    if restored is not None:
        return [ItemChapter(title, start, end) for title, start, end in json.loads(restored.content)]
    try:
        chapters = parse_chapters(new)
    except ValueError as error:
        raise Refused(f"the former chapters are not stored any more: {error}") from error
    length = item.duration_seconds or 0.0
    ends = [*(each.start_ms / 1000 for each in chapters[1:]), length]
    if not chapters or chapters[-1].start_ms / 1000 >= length:
        raise Refused(translatable("refused.chapters_too_long", "the last chapter starts after the end of the book"))
    return [ItemChapter(each.title, each.start_ms / 1000, end) for each, end in zip(chapters, ends, strict=True)]
