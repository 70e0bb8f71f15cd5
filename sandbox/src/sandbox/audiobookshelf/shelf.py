"""The state of the library: items, authors and series. Scans and edits change it, and a journal stores it."""

import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path, PurePosixPath
from typing import Any

from sandbox.audiobookshelf.item_formats import ItemFormats
from sandbox.audiobookshelf.items import Item, Named, owned_audio, stable_id
from sandbox.audiobookshelf.scanner import FoundBook
from sandbox.journal import Journal
from sandbox.world import OwnedBook, World

Listed = tuple[str, bool, list[Path]]
"""A book on disk: its path, whether that is a single file, and its audio files."""

LIBRARY_ID = stable_id("library", "audiobooks")
FOLDER_ID = stable_id("folder", "audiobooks")


def now_ms() -> int:
    """The current time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Shelf:
    """All items of the library, by id, in the order in which they were added."""

    def __init__(self, world: World, library_folder: Path, journal: Journal) -> None:
        self.items: dict[str, Item] = {}
        self.authors: dict[str, Named] = {}
        self.series: dict[str, Named] = {}
        self.names: dict[str, Named] = {}
        self.changes = 0
        self.last_scan_ms: int | None = journal.values("last_scan").get("")
        self.root = library_folder
        self.formats = ItemFormats(LIBRARY_ID, FOLDER_ID, str(library_folder), self.names)
        self._journal = journal
        self._rows: dict[str, str] = {}
        for book in world.library:
            self._set(self._owned(book))
        self._load()

    def row_text(self, item: Item) -> str:
        """The item's row in a list as JSON text, cached until the item changes."""
        text = self._rows.get(item.id)
        if text is None:
            text = self._rows[item.id] = as_json(self.formats.row(item))
        return text

    def books_of(self, key: str) -> list[Item]:
        """The items of an author or a series."""
        return [
            item for item in self.items.values() if key in item.authors or any(key == each for each, _ in item.series)
        ]

    def put(self, item: Item) -> None:
        """Store a new or changed item."""
        self._set(item)
        self._journal.put(f"item:{item.id}", self._stored(item))

    def remove(self, item: Item) -> None:
        """Remove an item, and authors and series without books."""
        del self.items[item.id]
        self._rows.pop(item.id, None)
        self.changes += 1
        self._journal.put(f"item:{item.id}", {"removed": True})
        self.drop_unused_names()

    def author(self, name: str) -> str:
        """The id of the author with this name, ignoring case. Creates the author if necessary."""
        return self._named("author", name, self.authors)

    def series_named(self, name: str) -> str:
        """The id of the series with this name, ignoring case. Creates the series if necessary."""
        return self._named("series", name, self.series)

    def drop_unused_names(self) -> None:
        """Remove authors and series without books."""
        used = {key for item in self.items.values() for key in (*item.authors, *(each for each, _ in item.series))}
        for known in (self.authors, self.series):
            for key in [key for key in known if key not in used]:
                del known[key]
                del self.names[key]

    def add(self, found: Iterable[FoundBook]) -> None:
        """Add books that were new when the folder was listed. If one was added since then, it becomes a second item."""
        for book in found:
            self.put(self._found(book))

    def update(self, found: Iterable[FoundBook]) -> None:
        """Store the changed files of known books."""
        by_folder = self._by_folder()
        for book in found:
            known = by_folder.get(book.folder)
            if known is not None:
                self.put(known.model_copy(update={"audio": book.audio, "updated_ms": now_ms()}))

    def mark_presence(self, folders: set[str]) -> None:
        """After a scan found `folders`: mark items that were on disk before and are not any more as missing.

        A folder belongs to its oldest item; a second item for the same folder is missing.
        """
        unassigned = set(folders)
        for item in list(self.items.values()):
            present = item.folder in unassigned
            unassigned.discard(item.folder)
            presence = {"on_disk": item.on_disk or present, "missing": item.on_disk and not present}
            if presence != {"on_disk": item.on_disk, "missing": item.missing}:
                self.put(item.model_copy(update=presence | {"updated_ms": now_ms()}))

    def record_scan(self) -> None:
        """Store the time of a completed scan."""
        self.last_scan_ms = now_ms()
        self._journal.put("last_scan", self.last_scan_ms)

    def new_folders(self, listed: Iterable[Listed]) -> list[Listed]:
        """The books on disk that have no item.

        A folder inside the folder of an item belongs to that item.
        """
        known = self._by_folder()
        return [book for book in listed if book[0] not in known and not _is_inside(known, book[0])]

    def changed_folders(self, listed: Iterable[Listed]) -> list[Listed]:
        """The books on disk whose files changed since they were read."""
        known = self._by_folder()
        return [book for book in listed if book[0] in known and _has_changed(known[book[0]], book[2])]

    def _set(self, item: Item) -> None:
        self.items[item.id] = item
        self._rows.pop(item.id, None)
        self.changes += 1

    def _by_folder(self) -> dict[str, Item]:
        """The oldest item of each folder."""
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

    def _stored(self, item: Item) -> dict[str, Any]:
        """An item for the journal, with names instead of ids."""
        stored = item.model_dump(mode="json")
        stored["authors"] = [self.names[key].name for key in item.authors]
        stored["series"] = [(self.names[key].name, sequence) for key, sequence in item.series]
        return stored

    def _load(self) -> None:
        for key, stored in self._journal.values("item:").items():
            if stored.get("removed"):
                self.items.pop(key, None)
                continue
            authors = [self.author(name) for name in stored["authors"]]
            series = [(self.series_named(name), sequence) for name, sequence in stored["series"]]
            self._set(Item.model_validate(stored | {"authors": authors, "series": series}))
        self.drop_unused_names()


def _is_inside(known: dict[str, Item], folder: str) -> bool:
    return any(str(parent) in known for parent in PurePosixPath(folder).parents)


def _has_changed(item: Item, files: list[Path]) -> bool:
    """Only books that were once found on disk are read again, because books of the world need no files."""
    return item.on_disk and sorted(each.size_bytes for each in item.audio) != sorted(
        each.stat().st_size for each in files
    )


def as_json(value: Any) -> str:
    """Compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
