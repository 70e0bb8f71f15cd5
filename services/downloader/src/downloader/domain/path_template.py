"""The template of a book's folder, such as `{Author}/<{Series}/><{Sequence:00} - >{Title}< {{{Narrator}}}>`.

`{Field}` stands for a value of the book, and `/` separates folders. Text in `<` and `>` is left out if a field in it
has no value. `{{` and `}}` are braces of the name itself. `<` and `>` never are, because Windows does not allow them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from shared.translatable import translatable

from downloader.domain.safe_names import LONGEST_NAME_BYTES, cleaned, safe_name

DEFAULT = "{Author}/<{Series}/><{Sequence:00} - >{Title}< {{{Narrator}}}>"
LONGEST_TEMPLATE = 300
MAX_FOLDERS = 6
_LONGEST_AFTER_TITLE_BYTES = 81
_NARRATORS = 2
"""Narrators that are named; a recording with a full cast has dozens."""
_FORBIDDEN = re.compile(r'["\\|?*:\x00-\x1f\x7f]')
_TOKENS = re.compile(r"\{\{|\}\}|\{[^{}<>]*\}|[{}<>]|[^{}<>]+")
_FIELD = re.compile(r"\{([A-Za-z]+)(?::(0+))?\}")


class BadTemplate(ValueError):
    """The template is not valid; the message says why."""


@dataclass(frozen=True, slots=True)
class BookNames:
    """What a template can name of a book."""

    title: str
    authors: Sequence[str] = ()
    series: str | None = None
    sequence: str | None = None
    narrators: Sequence[str] = ()
    year: str | None = None
    asin: str | None = None

    def numbered(self, number: int) -> "BookNames":
        """The same book with a number after its title."""
        return replace(self, title=f"{self.title} ({number})")

    def outside_series(self) -> "BookNames":
        """The same book without its series."""
        return replace(self, series=None, sequence=None)


_VALUES: dict[str, Callable[[BookNames], str]] = {
    "Author": lambda names: names.authors[0] if names.authors else "",
    "Series": lambda names: names.series or "",
    "Sequence": lambda names: (names.sequence or "") if names.series else "",
    "Title": lambda names: names.title,
    "Narrator": lambda names: ", ".join(names.narrators[:_NARRATORS]),
    "Year": lambda names: names.year or "",
    "ASIN": lambda names: names.asin or "",
}


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    digits: int = 0

    def value(self, names: BookNames) -> str:
        """The value as text; empty if there is none."""
        value = _VALUES[self.name](names)
        return _padded(value, self.digits) if value and self.digits else value


@dataclass(frozen=True, slots=True)
class _Group:
    parts: tuple[_Text | _Field, ...]


class PathTemplate:
    """A valid template. Raises `BadTemplate` if the text is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = _parsed(text)
        _check(text, self._parts)

    def folder(self, names: BookNames) -> PurePosixPath:
        """The book's folder, relative to the library folder, with names that every usual file system allows."""
        *folders, last = self._rendered(names)
        shown = [safe_name("".join(folder)) for folder in folders if any(folder)]
        return PurePosixPath(*shown, _last_name(*last))

    def alone(self, names: BookNames) -> PurePosixPath:
        """One folder directly in the library folder, which names the author."""
        author = names.authors[0] if names.authors else _UNKNOWN_AUTHOR
        with_author = replace(names.outside_series(), title=f"{author} - {names.title}")
        return PurePosixPath(_last_name(*self._rendered(with_author)[-1]))

    def folders(self, names: BookNames) -> list[PurePosixPath]:
        """The possible folders, best first: by the template, without the series, directly in the library folder."""
        plain = self.folder(names.outside_series())
        return list(dict.fromkeys([self.folder(names), plain, self.alone(names)]))

    def _rendered(self, names: BookNames) -> list[tuple[str, str]]:
        """Each folder as its text up to the end of the title, and the text after that."""
        folders = [("", "")]
        for piece, is_title in self._pieces(names):
            for number, text in enumerate([piece] if is_title else piece.split("/")):
                if number:
                    folders.append(("", ""))
                head, tail = folders[-1]
                folders[-1] = (head + tail + text, "") if is_title else (head, tail + text)
        return folders

    def _pieces(self, names: BookNames) -> list[tuple[str, bool]]:
        """The text of each part, and whether it is the title. A `/` in a value does not separate folders."""
        pieces: list[tuple[str, bool]] = []
        for part in self._parts:
            group = part.parts if isinstance(part, _Group) else (part,)
            if isinstance(part, _Group) and not all(field.value(names) for field in _fields(group)):
                continue
            for each in group:
                pieces.append(_piece(each, names))
        return pieces


_UNKNOWN_AUTHOR = "Unknown Author"


def _piece(part: _Text | _Field, names: BookNames) -> tuple[str, bool]:
    if isinstance(part, _Text):
        return part.text, False
    value = part.value(names)
    if part.name == "Author" and not value:
        value = _UNKNOWN_AUTHOR
    return value.replace("/", "\\"), part.name == "Title"


def _last_name(head: str, tail: str) -> str:
    """The name of the book's own folder. A long title is shortened rather than what follows it, like the narrator."""
    tail = cleaned(tail).encode()[:_LONGEST_AFTER_TITLE_BYTES].decode(errors="ignore").rstrip(" .")
    name = safe_name(head, LONGEST_NAME_BYTES - len(tail.encode())) + tail
    return safe_name(name, LONGEST_NAME_BYTES + 1)


def _padded(sequence: str, digits: int) -> str:
    """Padded with zeros, so that folders sort: with two digits "1" is "01", "2.5" is "02.5", "1-3" is "01-03"."""
    parts = (part.partition(".") for part in sequence.split("-"))
    return "-".join(f"{whole.rjust(digits, '0')}{dot}{rest}" for whole, dot, rest in parts)


def _fields(parts: Sequence[_Text | _Field | _Group]) -> list[_Field]:
    found: list[_Field] = []
    for part in parts:
        if isinstance(part, _Group):
            found += _fields(part.parts)
        elif isinstance(part, _Field):
            found.append(part)
    return found


def _texts(parts: Sequence[_Text | _Field | _Group]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, _Group):
            found += _texts(part.parts)
        elif isinstance(part, _Text):
            found.append(part.text)
    return found


def _parsed(text: str) -> tuple[_Text | _Field | _Group, ...]:
    parts: list[_Text | _Field | _Group] = []
    group: list[_Text | _Field] | None = None
    for each in _TOKENS.findall(text):
        if each == "<":
            if group is not None:
                raise BadTemplate(translatable("refused.nested_group", "a group in <> must not contain another group"))
            group = []
        elif each == ">":
            if not group or not _fields(group):
                raise BadTemplate(translatable("refused.empty_group", "each group needs '<', a field, and '>'"))
            parts.append(_Group(tuple(group)))
            group = None
        else:
            (parts if group is None else group).append(_part(each))
    if group is not None:
        raise BadTemplate(translatable("refused.open_group", "a group begins with '<' and does not end with '>'"))
    return tuple(parts)


def _part(token: str) -> _Text | _Field:
    if token in ("{{", "}}"):
        return _Text(token[0])
    if token[0] not in "{}":
        return _Text(token)
    match = _FIELD.fullmatch(token)
    if match is None or match[1] not in _VALUES or (match[2] and match[1] != "Sequence"):
        known = ", ".join(f"{{{name}}}" for name in _VALUES)
        raise BadTemplate(f"{token!r} is not a field; the fields are {known}, and {{Sequence:00}} for two digits")
    return _Field(match[1], len(match[2] or ""))


def _check(text: str, parts: Sequence[_Text | _Field | _Group]) -> None:
    if len(text) > LONGEST_TEMPLATE:
        raise BadTemplate(f"it is longer than {LONGEST_TEMPLATE} characters")
    for literal in _texts(parts):
        if forbidden := _FORBIDDEN.search(literal):
            raise BadTemplate(f"{forbidden[0]!r} is not allowed in names of folders")
    folders = text.split("/")
    if len(folders) > MAX_FOLDERS:
        raise BadTemplate(f"it has more than {MAX_FOLDERS} folders")
    if any(not folder or not folder.strip(" .") for folder in folders):
        raise BadTemplate("each folder between '/' needs a name, and '.' and '..' are none")
    titles = [number for number, part in enumerate(parts) if isinstance(part, _Field) and part.name == "Title"]
    if len(titles) != 1 or "{Title}" not in folders[-1] or text.count("{Title}") != 1:
        raise BadTemplate("it needs {Title} once, in the last folder and outside of groups")
