"""Reads the info hash, name and size from a torrent file or a magnet link.

The info hash is computed from the original bytes, as BEP 3 requires. Encoding the value again would give another hash
if its keys are out of order.
"""

import hashlib
import re
from base64 import b32decode
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

_DEEPEST = 60
_NUMBER = re.compile(rb"i(-?\d{1,30})e")
_LARGEST_BYTES = 1 << 50
"""A petabyte: no torrent is larger, and sums of such sizes still fit into their column."""
MAX_FILES = 10_000
"""Files of a torrent that are read; a torrent with more is not divided."""
_LENGTH = re.compile(rb"(\d{1,10}):")


class NotATorrent(ValueError):
    """The bytes are not a torrent file, or the text is not a magnet link; the message says why."""


@dataclass(frozen=True, slots=True)
class TorrentContent:
    """One file in a torrent. `path` is relative to the torrent's folder, with slashes."""

    path: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class TorrentIdentity:
    """`hashes` has the version 1 hash first, then the version 2 hash, cut to 40 digits as clients do.

    `files` are in the order of the torrent, so that the place of a file is its index in the client. They are empty for
    a magnet link, a torrent of one file, a torrent that has only a version 2 tree, and a torrent with more than
    `MAX_FILES` files or with a path that is not below its folder.
    """

    hashes: tuple[str, ...]
    name: str
    size_bytes: int | None
    files: tuple[TorrentContent, ...] = ()

    @property
    def info_hash(self) -> str:
        return self.hashes[0]


def read_torrent(content: bytes) -> TorrentIdentity:
    """Read a torrent file (BEP 3, BEP 52). Raises `NotATorrent`."""
    if not content.startswith(b"d"):
        looks = "a web page" if content.lstrip()[:1] == b"<" else "something else"
        raise NotATorrent(f"{looks} instead of a torrent file ({len(content)} bytes)")
    reader = _Reader(content)
    top = reader.value(0)
    info = top.get(b"info") if isinstance(top, dict) else None
    if not isinstance(info, dict) or reader.info is None:
        raise NotATorrent("a torrent file without an info dictionary")
    raw = content[reader.info[0] : reader.info[1]]
    hashes = []
    if b"pieces" in info:
        hashes.append(hashlib.sha1(raw, usedforsecurity=False).hexdigest())
    if info.get(b"meta version") == 2:
        hashes.append(hashlib.sha256(raw).hexdigest()[:40])
    if not hashes:
        raise NotATorrent("a torrent file with neither pieces nor a version 2 tree")
    name = info.get(b"name", b"")
    shown = name.decode(errors="replace") if isinstance(name, bytes) else ""
    return TorrentIdentity(tuple(hashes), shown, _size(info), _files(info))


def read_magnet(link: str) -> TorrentIdentity:
    """Read a magnet link (BEP 9). Raises `NotATorrent`."""
    fields = parse_qs(urlsplit(link).query)
    for topic in fields.get("xt", []):
        kind, _, value = topic.rpartition(":")
        if kind == "urn:btih" and re.fullmatch(r"[0-9a-fA-F]{40}", value):
            return TorrentIdentity((value.lower(),), fields.get("dn", [""])[0], None)
        if kind == "urn:btih" and re.fullmatch(r"[a-zA-Z2-7]{32}", value):
            return TorrentIdentity((b32decode(value.upper()).hex(),), fields.get("dn", [""])[0], None)
        if kind == "urn:btmh" and re.fullmatch(r"1220[0-9a-fA-F]{64}", value):
            return TorrentIdentity((value[4:44].lower(),), fields.get("dn", [""])[0], None)
    raise NotATorrent("a magnet link without an info hash")


def _files(info: dict[bytes, Any]) -> tuple[TorrentContent, ...]:
    """The files of a version 1 torrent with a folder; empty if one has no safe path (see `TorrentIdentity`).

    Padding files (BEP 47) are left out. Clients do not count them either.
    """
    listed = info.get(b"files")
    if not isinstance(listed, list) or len(listed) > MAX_FILES:
        return ()
    found = []
    for each in listed:
        parts = each.get(b"path") if isinstance(each, dict) else None
        if not isinstance(parts, list) or not parts or not all(isinstance(part, bytes) for part in parts):
            return ()
        if b"p" in _text_of(each.get(b"attr")):
            continue
        names = [part.decode(errors="replace") for part in parts]
        if any(name in ("", ".", "..") or "/" in name or "\\" in name or "\x00" in name for name in names):
            return ()
        found.append(TorrentContent("/".join(names), _length(each.get(b"length"))))
    return tuple(found)


def _text_of(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


def _size(info: dict[bytes, Any]) -> int:
    """The total size. Raises `NotATorrent` for lengths that are negative, too large or not numbers."""
    if b"length" in info:
        size = _length(info[b"length"])
    elif isinstance(info.get(b"files"), list):
        size = sum(_length(each.get(b"length")) for each in info[b"files"] if isinstance(each, dict))
    else:
        size = _tree_size(info.get(b"file tree"))
    return _length(size)


def _tree_size(tree: Any) -> int:
    """BEP 52: a folder's entries have their names as keys, a file's properties the empty key."""
    if not isinstance(tree, dict):
        return 0
    own = tree.get(b"")
    length = _length(own.get(b"length", 0)) if isinstance(own, dict) else 0
    return length + sum(_tree_size(each) for name, each in tree.items() if name)


def _length(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_BYTES:
        shown = value if isinstance(value, int) and abs(value) < 10**30 else "not a number"
        raise NotATorrent(f"a torrent file with an impossible file length: {shown}")
    return value


class _Reader:
    """Decodes bencoding (BEP 3), and stores the position of the outermost `info` value."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0
        self.info: tuple[int, int] | None = None

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise NotATorrent("a torrent file nested too deeply")
        first = self._content[self._at : self._at + 1]
        if first == b"i":
            return int(self._match(_NUMBER)[1])
        if first in (b"l", b"d"):
            self._at += 1
            return self._list(depth) if first == b"l" else self._dictionary(depth)
        return self._text()

    def _list(self, depth: int) -> list[Any]:
        values = []
        while not self._ended():
            values.append(self.value(depth + 1))
        return values

    def _dictionary(self, depth: int) -> dict[bytes, Any]:
        values: dict[bytes, Any] = {}
        while not self._ended():
            key = self._text()
            start = self._at
            values[key] = self.value(depth + 1)
            if depth == 0 and key == b"info":
                self.info = (start, self._at)
        return values

    def _ended(self) -> bool:
        if self._at >= len(self._content):
            raise NotATorrent("an incomplete torrent file")
        if self._content[self._at : self._at + 1] != b"e":
            return False
        self._at += 1
        return True

    def _text(self) -> bytes:
        length = int(self._match(_LENGTH)[1])
        text = self._content[self._at : self._at + length]
        if len(text) < length:
            raise NotATorrent("an incomplete torrent file")
        self._at += length
        return text

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        match = pattern.match(self._content, self._at)
        if match is None:
            raise NotATorrent(f"a torrent file that is invalid at byte {self._at}")
        self._at = match.end()
        return match
