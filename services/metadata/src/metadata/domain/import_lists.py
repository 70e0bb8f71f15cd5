"""Import lists: the books that a list names, and how a new reading of it changes its entries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.books.text.identifiers import isbn13
from shared.books.text.titles import fold
from shared.contracts.metadata.import_lists import (
    MOST_ENTRIES,
    ImportList,
    ImportListEntry,
    ImportListKind,
    ListImportListEntries,
    NewImportList,
)
from shared.contracts.page import Page

LONGEST_TEXT = 500
MOST_AUTHORS = 20
MOST_UNREADABLE = 50


@dataclass(frozen=True, slots=True)
class ListedBook:
    """A book as a list names it. `key` is the same each time that the list names it, and unique in the list."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    isbn: str | None = None
    asin: str | None = None
    published_year: int | None = None

    @classmethod
    def of(
        cls,
        title: str,
        authors: Iterable[str] = (),
        *,
        key: str | None = None,
        isbn: str | None = None,
        asin: str | None = None,
        published_year: int | None = None,
    ) -> "ListedBook | None":
        """A book with its texts cleaned and shortened; None if there is neither a title nor an identifier.

        Without a key of the list, its identifier is the key, or its folded title and first author.
        """
        title = clean(title)
        people = tuple(dict.fromkeys(name for name in map(clean, authors) if name))[:MOST_AUTHORS]
        isbn = isbn13(isbn)
        if not title and not isbn and not asin:
            return None
        otherwise = isbn or asin or clean(f"{fold(title) or title}|{fold(people[0]) if people else ''}")
        return cls(clean(key) or otherwise, title, people, isbn, asin, published_year)


@dataclass(frozen=True, slots=True)
class Contents:
    """All books of a list, each once, and the lines that could not be read with the reasons.

    `validators` make the next request for the list conditional, one for each of its pages.
    """

    books: tuple[ListedBook, ...]
    unreadable: tuple[str, ...] = ()
    validators: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, books: Iterable[ListedBook], unreadable: Sequence[str] = (), validators: Iterable[str] = ()
    ) -> "Contents":
        """The books by key; at most `MOST_ENTRIES`, and what is beyond is named as unreadable."""
        by_key: dict[str, ListedBook] = {}
        for book in books:
            by_key.setdefault(book.key, book)
        listed, problems = list(by_key.values()), list(unreadable[:MOST_UNREADABLE])
        if len(listed) > MOST_ENTRIES:
            problems.append(f"the list has more than {MOST_ENTRIES} books: {len(listed) - MOST_ENTRIES} were left out")
        return cls(tuple(listed[:MOST_ENTRIES]), tuple(problems), tuple(validators))


@dataclass(frozen=True, slots=True)
class StoredList:
    """A list with its settings, without its counts, and the validators of its last complete reading."""

    settings: ImportList
    validators: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The list as the source of a missing book."""
        return f"the list “{self.settings.name}”"


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry, its key in the list, and the version that a change replaces."""

    entry: ImportListEntry
    key: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How the contents of a list differ from its entries: books that are new, and keys that are back or gone."""

    added: tuple[ListedBook, ...] = ()
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def reading_of(contents: Contents, removed_by_key: Mapping[str, bool]) -> Reading:
    """Compare contents with the known entries, of which the list named some no longer (`removed_by_key`).

    Contents without a book change nothing: a site that fails may show an empty list.
    """
    if not contents.books:
        return Reading()
    named = {book.key for book in contents.books}
    return Reading(
        tuple(book for book in contents.books if book.key not in removed_by_key),
        tuple(key for key, removed in removed_by_key.items() if removed and key in named),
        tuple(key for key, removed in removed_by_key.items() if not removed and key not in named),
    )


def clean(text: str | None) -> str:
    """A text on one line, without control characters and repeated spaces, at most 500 characters long."""
    printable = "".join(char if char.isprintable() else " " for char in (text or "")[: 4 * LONGEST_TEXT])
    return " ".join(printable.split())[:LONGEST_TEXT].strip()


class ListSources(Protocol):
    """The kinds of lists, and how their books are read."""

    def kinds(self) -> list[ImportListKind]:
        """Every known kind."""
        ...

    def address(self, kind: str, address: str | None) -> str | None:
        """The address in its usual form, without secrets; None for a kind that reads files.

        Raises `InvalidImportList` for an unknown kind, and for an address that is missing or belongs to another site.
        """
        ...

    def reads_files(self, kind: str) -> bool:
        """Whether the books of this kind of list come from uploaded files. Raises `InvalidImportList`."""
        ...

    def read_file(self, kind: str, content: bytes, shelf: str) -> Contents:
        """The books of a file. Raises `InvalidImportList` if it is not a file of this kind."""
        ...

    async def fetch(self, of: StoredList) -> Contents | None:
        """The books of a list at its site, or None if the site says that it did not change.

        Raises the `RemoteError` family, and `InvalidImportList` if the provider of the site is not used.
        """
        ...


class ImportListStore(Protocol):
    """The import lists and their entries."""

    async def all(self) -> list[StoredList]:
        """Every list, by name."""
        ...

    async def get(self, list_id: UUID, *, to_change: bool = False) -> StoredList | None:
        """One list with the counts of its entries; None if it does not exist. With `to_change` its row is locked."""
        ...

    async def add(self, list_id: UUID, new: NewImportList, now: datetime) -> bool:
        """Add a list. Returns False if its name is taken."""
        ...

    async def change(self, list_id: UUID, values: Mapping[str, object]) -> bool:
        """Change settings of a list. Returns False if its name is taken."""
        ...

    async def delete(self, list_id: UUID) -> None:
        """Delete a list with its entries."""
        ...

    async def record(
        self, list_id: UUID, *, read_at: datetime | None, validators: Sequence[str] | None, problem: str | None
    ) -> None:
        """Store the result of an attempt to read a list.

        Without a time it failed, and without validators it is unchanged: what was stored before then stays.
        """
        ...

    async def keys(self, list_id: UUID) -> dict[str, bool]:
        """The keys of all entries of a list, each with whether the list names it no longer."""
        ...

    async def apply(self, list_id: UUID, reading: Reading, now: datetime) -> None:
        """Add the new entries, and mark those that are back or gone."""
        ...

    async def next_entries(self, list_id: UUID, after: UUID | None, limit: int) -> list[StoredEntry]:
        """The entries after this id, in the order of their ids, without removed ones."""
        ...

    async def withdrawable(self, list_id: UUID, gone: Collection[str], limit: int) -> list[StoredEntry]:
        """The wanted entries that the list no longer names, and whose missing book no other entry names.

        The entries with the keys `gone` count as removed too.
        """
        ...

    async def entry(self, entry_id: UUID, *, to_change: bool = False) -> StoredEntry | None:
        """One entry; None if it does not exist. With `to_change` its row is locked."""
        ...

    async def update(self, entries: Collection[StoredEntry]) -> None:
        """Store changed entries. One that a person changed in between is left as it is."""
        ...

    async def page(self, request: ListImportListEntries) -> Page[ImportListEntry]:
        """A page of entries. Raises `UnknownSort`."""
        ...


@dataclass(slots=True)
class Allowance:
    """The entries that a run may still match with the providers."""

    left: int

    def take(self, wanted: int) -> int:
        """How many of these entries may be matched now."""
        taken = min(wanted, self.left)
        self.left -= taken
        return taken
