"""One folder under the name that the download client has for it, and under ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from shared.translatable import translatable

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class PathMapping:
    """`theirs` is the path of `ours` in the client's file system. `setting` is where that is set, for errors."""

    theirs: str
    ours: Path
    setting: str

    def child(self, name: str) -> str:
        """The client's path of an entry of the folder."""
        separator = "\\" if "\\" in self.theirs and "/" not in self.theirs else "/"
        return f"{self.theirs.rstrip(separator)}{separator}{name}"

    def to_ours(self, path: str) -> Path | None:
        """The client's path as ours; None if it is not inside the folder."""
        inner, base = _plain(path), _plain(self.theirs)
        if ".." in inner.parts or inner == base or not inner.is_relative_to(base):
            return None
        return self.ours / inner.relative_to(base)


def parse_mappings(text: str, setting: str) -> tuple[PathMapping, ...]:
    """Read `their path=our path`, several separated by semicolons. Raises `ValueError` with what is wrong."""
    mappings: list[PathMapping] = []
    for part in (each.strip() for each in text.split(";")):
        if not part:
            continue
        theirs, _, ours = (each.strip() for each in part.partition("="))
        for path in (theirs, ours):
            _check(path, part)
        if any(_plain(theirs) == _plain(each.theirs) for each in mappings):
            raise ValueError(translatable("setting.mapped_twice", f"{theirs!r} is mapped twice", part=theirs))
        mappings.append(PathMapping(theirs, Path(ours), setting))
    return tuple(mappings)


def longest_first(mappings: Sequence[PathMapping]) -> list[PathMapping]:
    """The mappings in the order in which they apply: that of an inner folder before that of the folder around it."""
    return sorted(mappings, key=lambda each: len(_plain(each.theirs).parts), reverse=True)


def _check(path: str, part: str) -> None:
    if not path.startswith("/") and not _DRIVE.match(path):
        words = f"{part!r} has to be two absolute paths with = between them, such as /mnt/seeds=/data/seeds"
        raise ValueError(translatable("setting.no_mapping", words, part=part))
    if ".." in _plain(path).parts:
        raise ValueError(translatable("setting.dots", f"{part!r} must not contain ..", part=part))


def _plain(path: str) -> PurePosixPath:
    return PurePosixPath(path.replace("\\", "/"))
