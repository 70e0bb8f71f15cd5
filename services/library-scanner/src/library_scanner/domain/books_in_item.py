"""The books within one item of Audiobookshelf, which takes whatever lies below a folder with audio for one book.

Source: Audiobookshelf 2.36, which makes one item of a folder with audio files and of every folder below it: of three
books that lie as files in their author's folder, and of a series' folder whose first book lies in it flat.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from shared.books.description import BookDescription
from shared.books.text.marks import strip_marks
from shared.books.text.titles import fold
from shared.contracts.library.books import Book

from library_scanner.domain.item import AudioFile, Item

MOST_BOOKS = 50
"""An item with more is no heap of books but a book of many files."""
MOST_FILES_OF_ONE_FOLDER = 25
SHORTEST_BOOK_SECONDS = 40 * 60
"""What plays for less is a chapter."""
_NO_REAL_LENGTH_SECONDS = 5 * 60
"""Where no file is longer, the lengths say nothing."""
_WHOLE_BOOKS = frozenset({".m4b", ".m4a", ".aax"})
"""Files that usually hold a whole book."""

_NUMBER = r"(?:\d{1,4}|[ivxl]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten)"
_PART = (
    r"(?:part|pt|cds?|dis[ck]s?|track|side|tape|chapters?|ch|section|act|scene|file|volume|vol|teil|kapitel|partie"
    r"|chapitre|parte|capitulo|deel|hoofdstuk)"
)
_PART_NAME = re.compile(rf"^\W*(?:\d+\W+)?{_PART}\b\W*{_NUMBER}\b", re.IGNORECASE)
_PART_END = re.compile(rf"[\s(\[_,-]*{_PART}\b[\s._-]*{_NUMBER}(?:\s*(?:of|/|-)\s*\d+)?[)\]]?\s*$", re.IGNORECASE)
_NUMBER_AT_START = re.compile(r"^\W*(?:\d{1,4}(?:[.-]\d{1,3})?(?:\s*of\s*\d+)?)[\s._)\]-]+")
_NUMBER_AT_END = re.compile(r"[\s._(\[-]+\d{1,4}(?:\s*(?:of|/)\s*\d+)?[)\]]?\s*$")
_NO_BOOK = frozenset(
    """
    a an the and of by with audio audiobook audiobooks book books mp3 m4b m4a files bonus extra extras interview
    interviews sample samples trailer preview excerpt intro introduction opening closing credits outro prologue epilogue
    foreword
    preface afterword acknowledgments acknowledgements dedication appendix notes author authors note about chapter
    chapters part parts cd disc disk track tracks side unabridged abridged complete split converted original backup
    """.split()
)


_EXTRAS = frozenset("bonus extra extras interview interviews sample samples trailer preview excerpt".split())


@dataclass(frozen=True, slots=True)
class _Group:
    """Files of one name, or of one folder."""

    path: str
    name: str
    files: tuple[AudioFile, ...]

    @property
    def key(self) -> str:
        return fold(self.name)

    @property
    def seconds(self) -> float:
        return sum(file.seconds or 0 for file in self.files)


def books_in_item(item: Item) -> tuple[str, ...]:
    """The books within the item: the folder, or the first file, of each below the item's path; () for a single book.

    The item's own book, which bears its title, is not among them.
    """
    loose, by_folder = _files_by_folder(item.files)
    folders = [_Group(path, PurePosixPath(path).name, tuple(files)) for path, files in by_folder.items()]
    inside = [group for group in folders if _may_be_a_book(group)]
    heap = _heap_of_books(loose, item)
    if len(inside) + len(heap) > MOST_BOOKS or (not inside and len(heap) < 2):
        return ()
    return tuple(group.path for group in (*inside, *heap) if group.key != fold(item.title))


def descriptions_of(book: Book, own: BookDescription) -> list[BookDescription]:
    """The book as it describes itself, and each book within its item by the name of its folder or file."""
    return [own, *(_described(book, path) for path in book.contents)]


def is_file(path: str) -> bool:
    """Whether a book within an item is a file; else it is a folder."""
    return bool(re.fullmatch(r"\.[a-z0-9]{2,4}", PurePosixPath(path).suffix.lower())) and not path.endswith("/")


def _described(book: Book, path: str) -> BookDescription:
    authors = tuple(book.authors)
    if is_file(path):
        return BookDescription(title=_name_of(path), authors=authors, path=book.path)
    return BookDescription(title="", authors=authors, path=f"{book.path}/{path.rstrip('/')}")


def _files_by_folder(files: Iterable[AudioFile]) -> tuple[list[AudioFile], dict[str, list[AudioFile]]]:
    """The files that lie in the item's own folder, and the others by their folder; "CD 1" belongs to the one above.

    What lies in a folder of extras is left out.
    """
    loose: list[AudioFile] = []
    by_folder: dict[str, list[AudioFile]] = defaultdict(list)
    for file in files:
        parents = list(PurePosixPath(file.path).parts[:-1])
        if any(_is_part(parent) and not _EXTRAS.isdisjoint(fold(parent).split()) for parent in parents):
            continue
        while parents and _is_part(parents[-1]):
            parents.pop()
        if parents:
            by_folder["/".join(parents) + "/"].append(file)
        else:
            loose.append(file)
    return loose, by_folder


def _heap_of_books(loose: Sequence[AudioFile], item: Item) -> list[_Group]:
    """Files of one folder by the books they are; [] where they are the parts or chapters of one."""
    by_name: dict[str, list[AudioFile]] = defaultdict(list)
    for file in loose:
        by_name[fold(_name_of(file.path))].append(file)
    groups = [_Group(files[0].path, _name_of(files[0].path), tuple(files)) for files in by_name.values()]
    groups = [group for group in groups if _may_be_a_book(group)]
    if not 2 <= len(groups) <= MOST_FILES_OF_ONE_FOLDER or _is_one_album(loose, item):
        return []
    if _has_lengths(loose):
        long = [group for group in groups if group.seconds >= SHORTEST_BOOK_SECONDS]
        groups = long if len(long) * 2 > len(groups) else []
    begin_alike = all(f"{group.key} ".startswith(f"{fold(item.title)} ") for group in groups)
    if begin_alike and not all(PurePosixPath(file.path).suffix.lower() in _WHOLE_BOOKS for file in loose):
        return []
    return groups if len(groups) > 1 else []


def _is_one_album(files: Sequence[AudioFile], item: Item) -> bool:
    """Whether the files' tags name one book for all of them. An album called like the folder or its author says no
    more than the folder does."""
    albums = {fold(file.album or "") for file in files}
    told_anyway = {"", fold(PurePosixPath(item.path).name), *(fold(name) for name in item.authors)}
    return len(albums) == 1 and albums.isdisjoint(told_anyway)


def _has_lengths(files: Sequence[AudioFile]) -> bool:
    return max((file.seconds or 0 for file in files), default=0) > _NO_REAL_LENGTH_SECONDS


def _may_be_a_book(group: _Group) -> bool:
    words = [word for word in group.key.split() if not word.isdigit()]
    told = not _NO_BOOK.issuperset(words) and not _PART_NAME.match(group.name)
    return told and (not _has_lengths(group.files) or group.seconds >= SHORTEST_BOOK_SECONDS)


def _is_part(folder: str) -> bool:
    words = [word for word in fold(folder).split() if not word.isdigit()]
    return bool(_PART_NAME.match(folder)) or _NO_BOOK.issuperset(words)


def _name_of(path: str) -> str:
    """What a file is called, without its number among others and the marks of its making."""
    name = PurePosixPath(path).stem if is_file(path) else PurePosixPath(path).name
    bare = _NUMBER_AT_END.sub("", _PART_END.sub("", _NUMBER_AT_START.sub("", name.replace("_", " "))))
    return strip_marks(bare if fold(bare) else name)
