"""The books within one item of Audiobookshelf.

Source: Audiobookshelf 2.36, which makes one item of a folder with audio files and all folders below it. So three books
that are files in their author's folder are one item, and so is a series folder that contains the files of its first
book directly.
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
from shared.translatable import translatable

from library_scanner.domain.item import AudioFile, Item

MAX_BOOKS = 50
"""An item with more is one book with many files."""
MAX_FILES_OF_ONE_FOLDER = 25
_MAX_CONTENTS_LISTED = 5
SHORTEST_BOOK_SECONDS = 40 * 60
"""Anything shorter is a chapter."""
_NO_REAL_LENGTH_SECONDS = 5 * 60
"""If no file is longer, the durations are not reliable."""
_WHOLE_BOOKS = frozenset({".m4b", ".m4a", ".aax"})
"""Files that usually hold a whole book."""

_NUMBER = r"(?:\d{1,4}|[ivxl]{1,6}|one|two|three|four|five|six|seven|eight|nine|ten)"
_PART = (
    r"(?:part|pt|cds?|dis[ck]s?|track|side|tape|chapters?|ch|section|act|scene|file|volume|vol|teil|kapitel|partie"
    r"|chapitre|parte|capitulo|deel|hoofdstuk|del|bind|band|bd|tome|tomo|tom|część|czesc|část|díl|livre|libro|livro)"
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
    """The files of one name, or of one folder."""

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
    """Return the books within the item: for each its folder or its first file, below the item's path; () for one book.

    The book with the title of the item is not included.
    """
    loose, by_folder = _files_by_folder(item.files)
    folders = [_Group(path, PurePosixPath(path).name, tuple(files)) for path, files in by_folder.items()]
    inside = [group for group in folders if _may_be_a_book(group)]
    loose_books = _books_in_one_folder(loose, item)
    if len(inside) + len(loose_books) > MAX_BOOKS or (not inside and len(loose_books) < 2):
        return ()
    return tuple(group.path for group in (*inside, *loose_books) if group.key != fold(item.title))


def descriptions_of(book: Book, own: BookDescription) -> list[BookDescription]:
    """Return the description of the book, and one for each book within its item, from its folder or file name."""
    return [own, *(_described(book, path) for path in book.contents)]


def is_file(path: str) -> bool:
    """Whether a book within an item is a file. Otherwise it is a folder."""
    return bool(re.fullmatch(r"\.[a-z0-9]{2,4}", PurePosixPath(path).suffix.lower())) and not path.endswith("/")


def where_to_move(book: Book) -> str:
    """Return how to separate the books of an item.

    Files need one folder each. Folders become separate books when no audio files are above them.
    """
    folder = PurePosixPath(book.path)
    files = [PurePosixPath(path) for path in book.contents if is_file(path)]
    inside = ", ".join(f"“{path.rstrip('/')}”" for path in book.contents[:_MAX_CONTENTS_LISTED])
    more = max(0, len(book.contents) - _MAX_CONTENTS_LISTED)
    contents = f"contains {inside}" + (f" and {more} more" if more else "")
    if files:
        before, after = folder / files[0], folder / files[0].with_suffix("") / files[0].name
        words = f"{contents}: move each file to a separate folder, such as “{before}” to “{after}”"
        return translatable(
            "finding.move_files", words, inside=inside, more=more or None, before=str(before), after=str(after)
        )
    own = folder / folder.name if book.title == folder.name else folder / book.title.replace("/", "-")
    words = f"{contents}: move the audio files directly in “{folder}” to a separate folder, such as “{own}”"
    return translatable(
        "finding.move_own_files", words, inside=inside, more=more or None, folder=str(folder), own=str(own)
    )


def _described(book: Book, path: str) -> BookDescription:
    authors = tuple(book.authors)
    if is_file(path):
        return BookDescription(title=_name_of(path), authors=authors, path=book.path)
    return BookDescription(title="", authors=authors, path=f"{book.path}/{path.rstrip('/')}")


def _files_by_folder(files: Iterable[AudioFile]) -> tuple[list[AudioFile], dict[str, list[AudioFile]]]:
    """The files directly in the item's folder, and the others by folder. "CD 1" counts as its parent folder.

    Files in a folder of extras are skipped.
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


def _books_in_one_folder(loose: Sequence[AudioFile], item: Item) -> list[_Group]:
    """The files of one folder grouped by book; [] if they are the parts or chapters of one book."""
    by_name: dict[str, list[AudioFile]] = defaultdict(list)
    for file in loose:
        by_name[fold(_name_of(file.path))].append(file)
    groups = [_Group(files[0].path, _name_of(files[0].path), tuple(files)) for files in by_name.values()]
    groups = [group for group in groups if _may_be_a_book(group)]
    if not 2 <= len(groups) <= MAX_FILES_OF_ONE_FOLDER or _is_one_album(loose, item):
        return []
    if _has_lengths(loose):
        long = [group for group in groups if group.seconds >= SHORTEST_BOOK_SECONDS]
        groups = long if len(long) * 2 > len(groups) else []
    share_a_prefix = all(f"{group.key} ".startswith(f"{fold(item.title)} ") for group in groups)
    if share_a_prefix and not all(PurePosixPath(file.path).suffix.lower() in _WHOLE_BOOKS for file in loose):
        return []
    return groups if len(groups) > 1 else []


def _is_one_album(files: Sequence[AudioFile], item: Item) -> bool:
    """Whether the tags of all files name the same album. An album named like the folder or an author is no evidence."""
    albums = {fold(file.album or "") for file in files}
    uninformative = {"", fold(PurePosixPath(item.path).name), *(fold(name) for name in item.authors)}
    return len(albums) == 1 and albums.isdisjoint(uninformative)


def _has_lengths(files: Sequence[AudioFile]) -> bool:
    return max((file.seconds or 0 for file in files), default=0) > _NO_REAL_LENGTH_SECONDS


def _may_be_a_book(group: _Group) -> bool:
    words = [word for word in group.key.split() if not word.isdigit()]
    has_title = not _NO_BOOK.issuperset(words) and not _PART_NAME.match(group.name)
    return has_title and (not _has_lengths(group.files) or group.seconds >= SHORTEST_BOOK_SECONDS)


def _is_part(folder: str) -> bool:
    words = [word for word in fold(folder).split() if not word.isdigit()]
    return bool(_PART_NAME.match(folder)) or _NO_BOOK.issuperset(words)


def _name_of(path: str) -> str:
    """The name of a file or folder without its number and without marks such as the bitrate."""
    name = PurePosixPath(path).stem if is_file(path) else PurePosixPath(path).name
    bare = _NUMBER_AT_END.sub("", _PART_END.sub("", _NUMBER_AT_START.sub("", name.replace("_", " "))))
    return strip_marks(bare if fold(bare) else name)
