"""The library's state: items, authors and series, changed by scans and edits, kept in a journal."""

import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path, PurePosixPath
from typing import Any

from sandbox.audiobookshelf.items import Item, Named, Shown, owned_audio, stable_id
from sandbox.audiobookshelf.scanner import FoundBook
from sandbox.journal import Journal
from sandbox.world import OwnedBook, World

Listed = tuple[str, bool, list[Path]]
"""A book on disk: its folder, whether that is a bare file, and its audio files."""

LIBRARY_ID = stable_id("library", "audiobooks")
FOLDER_ID = stable_id("folder", "audiobooks")


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Shelf:
    """All items of the one library, by id, in the order in which they were added."""

    def __init__(self, world: World, library_folder: Path, journal: Journal) -> None:
        self.items: dict[str, Item] = {}
        self.authors: dict[str, Named] = {}
        self.series: dict[str, Named] = {}
        self.names: dict[str, Named] = {}
        self.changes = 0
        self.last_scan_ms: int | None = journal.values("last_scan").get("")
        self.root = library_folder
        self.shown = Shown(LIBRARY_ID, FOLDER_ID, str(library_folder), self.names)
        self._journal = journal
        self._rows: dict[str, str] = {}
        for book in world.library:
            self._keep(self._owned(book))
        self._recall()

    def row_text(self, item: Item) -> str:
        """The item's row in a list as JSON text, made once for each change."""
        text = self._rows.get(item.id)
        if text is None:
            text = self._rows[item.id] = as_json(self.shown.row(item))
        return text

    def books_of(self, key: str) -> list[Item]:
        """The items of an author or a series."""
        return [
            item for item in self.items.values() if key in item.authors or any(key == each for each, _ in item.series)
        ]

    def changed(self, item: Item) -> None:
        """Take over an item that is new or was altered: its names are known, it is written down, stale rows go."""
        self._keep(item)
        self._journal.put(f"item:{item.id}", self._remembered(item))

    def remove(self, item: Item) -> None:
        del self.items[item.id]
        self._rows.pop(item.id, None)
        self.changes += 1
        self._journal.put(f"item:{item.id}", {"removed": True})
        self.drop_unused_names()

    def author(self, name: str) -> str:
        """The id of the author of this name, whatever its case; a new one if need be."""
        return self._named("author", name, self.authors)

    def series_named(self, name: str) -> str:
        return self._named("series", name, self.series)

    def drop_unused_names(self) -> None:
        """Authors and series that lost their last book are gone."""
        used = {key for item in self.items.values() for key in (*item.authors, *(each for each, _ in item.series))}
        for known in (self.authors, self.series):
            for key in [key for key in known if key not in used]:
                del known[key]
                del self.names[key]

    def add(self, found: Iterable[FoundBook]) -> None:
        """Add books that were new when the folder was listed. What was added meanwhile becomes a second item."""
        for book in found:
            self.changed(self._found(book))

    def renew(self, found: Iterable[FoundBook]) -> None:
        """Take over the files of books that were there."""
        by_folder = self._by_folder()
        for book in found:
            known = by_folder.get(book.folder)
            if known is not None:
                self.changed(known.model_copy(update={"audio": book.audio, "updated_ms": now_ms()}))

    def mark_presence(self, folders: set[str]) -> None:
        """After a scan saw `folders`: items once seen on disk and not there any more are missing.

        A folder is that of its eldest item; a second one for it is missing.
        """
        left = set(folders)
        for item in list(self.items.values()):
            here = item.folder in left
            left.discard(item.folder)
            seen = {"on_disk": item.on_disk or here, "missing": item.on_disk and not here}
            if seen != {"on_disk": item.on_disk, "missing": item.missing}:
                self.changed(item.model_copy(update=seen | {"updated_ms": now_ms()}))

    def scanned(self) -> None:
        self.last_scan_ms = now_ms()
        self._journal.put("last_scan", self.last_scan_ms)

    def new_folders(self, listed: Iterable[Listed]) -> list[Listed]:
        """Of the books listed on disk those that no item is.

        A folder inside the folder of an item belongs to that item and is no book of its own.
        """
        known = self._by_folder()
        return [book for book in listed if book[0] not in known and not _is_inside(known, book[0])]

    def changed_folders(self, listed: Iterable[Listed]) -> list[Listed]:
        """Of the books listed on disk those whose files have changed since they were read."""
        known = self._by_folder()
        return [book for book in listed if book[0] in known and _has_changed(known[book[0]], book[2])]

    def _keep(self, item: Item) -> None:
        self.items[item.id] = item
        self._rows.pop(item.id, None)
        self.changes += 1

    def _by_folder(self) -> dict[str, Item]:
        """The eldest item of each folder."""
        return {item.folder: item for item in reversed(self.items.values())}

    def _named(self, kind: str, name: str, known: dict[str, Named]) -> str:
        key = stable_id(kind, " ".join(name.split()).casefold())
        if key not in known:
            known[key] = self.names[key] = Named(id=key, name=name, added_ms=now_ms())
        return key

    def _owned(self, book: OwnedBook) -> Item:
        added = int(datetime.combine(book.added, time_of_day(), UTC).timestamp() * 1000)
        return Item(
            id=stable_id("book", book.id),
            folder=book.folder,
            added_ms=added,
            updated_ms=added,
            title=book.title,
            subtitle=book.subtitle,
            authors=[self.author(name) for name in book.authors],
            narrators=book.narrators,
            series=[(self.series_named(each.name), each.sequence) for each in book.series],
            genres=book.genres,
            tags=book.tags,
            publishedYear=book.published_year,
            publisher=book.publisher,
            description=book.description,
            isbn=book.isbn,
            asin=book.asin,
            language=book.language,
            abridged=book.abridged,
            audio=owned_audio(book),
            on_disk=book.files_missing,
            missing=book.files_missing,
        )

    def _found(self, book: FoundBook) -> Item:
        at = now_ms()
        return Item(
            id=self._new_id(book.folder),
            folder=book.folder,
            is_file=book.is_file,
            on_disk=True,
            added_ms=at,
            updated_ms=at,
            title=book.title,
            authors=[self.author(name) for name in book.authors],
            narrators=book.narrators,
            series=[(self.series_named(book.series), book.sequence)] if book.series else [],
            publishedYear=book.year,
            asin=book.asin,
            audio=book.audio,
        )

    def _new_id(self, folder: str) -> str:
        first = stable_id("found", folder)
        return first if first not in self.items else stable_id("found", f"{folder} at {self.changes}")

    def _remembered(self, item: Item) -> dict[str, Any]:
        """An item for the journal, with names in place of ids."""
        kept = item.model_dump(mode="json")
        kept["authors"] = [self.names[key].name for key in item.authors]
        kept["series"] = [(self.names[key].name, sequence) for key, sequence in item.series]
        return kept

    def _recall(self) -> None:
        for key, kept in self._journal.values("item:").items():
            if kept.get("removed"):
                self.items.pop(key, None)
                continue
            authors = [self.author(name) for name in kept["authors"]]
            series = [(self.series_named(name), sequence) for name, sequence in kept["series"]]
            self._keep(Item.model_validate(kept | {"authors": authors, "series": series}))
        self.drop_unused_names()


def _is_inside(known: dict[str, Item], folder: str) -> bool:
    return any(str(parent) in known for parent in PurePosixPath(folder).parents)


def _has_changed(item: Item, files: list[Path]) -> bool:
    """Books of the world need no files; only what was once seen on disk is read again."""
    return item.on_disk and sorted(each.size_bytes for each in item.audio) != sorted(
        each.stat().st_size for each in files
    )


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
