"""Reads a torrent file: its identity, name and size.

The info hash is taken over the bytes as they stand, not over what writing them anew would give: clients do the same
(BEP 3), and a torrent whose keys are out of order would otherwise get a hash that nobody else knows it by.
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
"""A petabyte: no torrent is larger, and sums of such sizes still fit where they are stored."""
_LENGTH = re.compile(rb"(\d{1,10}):")


class NotATorrent(ValueError):
    """The bytes are no torrent file, or the text is no magnet link; the message says why."""


@dataclass(frozen=True, slots=True)
class TorrentIdentity:
    """`hashes` in the order to prefer: version 1 first, then version 2 cut to 40 digits as clients do."""

    hashes: tuple[str, ...]
    name: str
    size_bytes: int | None

    @property
    def info_hash(self) -> str:
        return self.hashes[0]


def read_torrent(content: bytes) -> TorrentIdentity:
    """Raises `NotATorrent`."""
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
    return TorrentIdentity(tuple(hashes), name.decode(errors="replace") if isinstance(name, bytes) else "", _size(info))


def read_magnet(link: str) -> TorrentIdentity:
    """Raises `NotATorrent`."""
    given = parse_qs(urlsplit(link).query)
    for topic in given.get("xt", []):
        kind, _, value = topic.rpartition(":")
        if kind == "urn:btih" and re.fullmatch(r"[0-9a-fA-F]{40}", value):
            return TorrentIdentity((value.lower(),), given.get("dn", [""])[0], None)
        if kind == "urn:btih" and re.fullmatch(r"[a-zA-Z2-7]{32}", value):
            return TorrentIdentity((b32decode(value.upper()).hex(),), given.get("dn", [""])[0], None)
        if kind == "urn:btmh" and re.fullmatch(r"1220[0-9a-fA-F]{64}", value):
            return TorrentIdentity((value[4:44].lower(),), given.get("dn", [""])[0], None)
    raise NotATorrent("a magnet link without an info hash")


def _size(info: dict[bytes, Any]) -> int:
    """Raises `NotATorrent` for lengths that no files have: negative, larger than any disk, or no numbers."""
    if b"length" in info:
        size = _length(info[b"length"])
    elif isinstance(info.get(b"files"), list):
        size = sum(_length(each.get(b"length")) for each in info[b"files"] if isinstance(each, dict))
    else:
        size = _tree_size(info.get(b"file tree"))
    return _length(size)


def _tree_size(tree: Any) -> int:
    """BEP 52: a folder's entries are keyed by name, a file's own facts by the empty name."""
    if not isinstance(tree, dict):
        return 0
    own = tree.get(b"")
    length = _length(own.get(b"length", 0)) if isinstance(own, dict) else 0
    return length + sum(_tree_size(each) for name, each in tree.items() if name)


def _length(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_BYTES:
        told = value if isinstance(value, int) and abs(value) < 10**30 else "something else"
        raise NotATorrent(f"a torrent file with a length that no file has: {told}")
    return value


class _Reader:
    """Bencoding (BEP 3), remembering where the value of the outermost `info` stands."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0
        self.info: tuple[int, int] | None = None

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise NotATorrent("a torrent file nested too deep")
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
            raise NotATorrent("a torrent file that is cut off")
        if self._content[self._at : self._at + 1] != b"e":
            return False
        self._at += 1
        return True

    def _text(self) -> bytes:
        length = int(self._match(_LENGTH)[1])
        text = self._content[self._at : self._at + length]
        if len(text) < length:
            raise NotATorrent("a torrent file that is cut off")
        self._at += length
        return text

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        match = pattern.match(self._content, self._at)
        if match is None:
            raise NotATorrent(f"a torrent file that is broken at byte {self._at}")
        self._at = match.end()
        return match
