"""Reads the info hash, name, size and files from a torrent file or a magnet link. Both are untrusted.

The info hash is computed from the original bytes, as BEP 3 requires. Encoding the value again would give another hash
if its keys are out of order. A torrent that programs could read in different ways is refused: the client would then
have another torrent, or a larger one, than was judged here.
"""

import hashlib
import re
import unicodedata
from base64 import b32decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

from downloader.domain.bencoding import NotBencoded, decode

_LARGEST_BYTES = 1 << 50
"""A petabyte: no torrent is larger, and sums of such sizes still fit into their column."""
MAX_FILES = 10_000
"""Files of a torrent that are read; a torrent with more is not divided."""
_LONGEST_NAME = 500
_LONGEST_PART_BYTES = 240
"""A longer name of a file or folder is cut by libtorrent."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CHANGED_BY_CLIENTS = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Separators, control characters, and those that change the direction of writing."""
_HASH_BYTES = 20
_MAX_MAGNET_FIELDS = 100


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

    `name` has no control characters. `size_bytes` includes padding files.

    `files` are in the order of the torrent, so that the place of a file is its index in the client. They are empty for
    a magnet link, a torrent of one file, and a torrent with more than `MAX_FILES` files, or with paths that a client
    changes or refuses: not below the torrent's folder, not valid UTF-8, with control characters, or equal but for
    upper and lower case.
    """

    hashes: tuple[str, ...]
    name: str
    size_bytes: int | None
    files: tuple[TorrentContent, ...] = ()

    @property
    def info_hash(self) -> str:
        return self.hashes[0]


@dataclass(frozen=True, slots=True)
class _File:
    """One file as the torrent lists it. Clients store neither padding (BEP 47) nor count it."""

    path: tuple[bytes, ...]
    size_bytes: int
    is_padding: bool = False
    is_link: bool = False


def read_torrent(content: bytes) -> TorrentIdentity:
    """Read a torrent file (BEP 3, BEP 47, BEP 52). Raises `NotATorrent`."""
    if not content.startswith(b"d"):
        looks = "a web page" if content.lstrip()[:1] == b"<" else "something else"
        raise NotATorrent(f"{looks} instead of a torrent file ({len(content)} bytes)")
    try:
        top, raw = decode(content, original_of=b"info")
    except NotBencoded as error:
        raise NotATorrent(f"a torrent file {error}") from error
    info = top.get(b"info")
    if not isinstance(info, dict):
        raise NotATorrent("a torrent file without an info dictionary")
    first, second = _version_1(info), _version_2(info)
    files = first if first is not None else second
    if files is None:
        raise NotATorrent("a torrent file with neither pieces nor a version 2 tree")
    size = _total(files)
    if first is not None:
        _check_pieces(info, size)
    if first is not None and second is not None and _stored(first) != _stored(second):
        raise NotATorrent("a torrent file whose version 1 and version 2 lists of files differ")
    hashes = []
    if first is not None:
        hashes.append(hashlib.sha1(raw, usedforsecurity=False).hexdigest())
    if second is not None:
        hashes.append(hashlib.sha256(raw).hexdigest()[:40])
    has_folder = b"files" in info or (first is None and not _is_one_file(info, files))
    return TorrentIdentity(tuple(hashes), _name(info), size, _contents(files) if has_folder else ())


def read_magnet(link: str) -> TorrentIdentity:
    """Read a magnet link (BEP 9, BEP 52). Its exact length (`xl`) is the size, if it has one. Raises `NotATorrent`."""
    try:
        fields = parse_qs(urlsplit(link).query, max_num_fields=_MAX_MAGNET_FIELDS)
    except ValueError as error:
        raise NotATorrent(f"a magnet link that is not valid: {error}") from error
    topics = fields.get("xt", [])
    hashes = (*_hash_among(topics, _version_1_hash), *_hash_among(topics, _version_2_hash))
    if not hashes:
        raise NotATorrent("a magnet link without an info hash")
    length = fields.get("xl", [""])[0]
    known = re.fullmatch(r"[0-9]{1,16}", length) is not None and 0 < int(length) <= _LARGEST_BYTES
    return TorrentIdentity(hashes, _shown(fields.get("dn", [""])[0]), int(length) if known else None)


def _hash_among(topics: Sequence[str], hash_in: Callable[[str, str], str | None]) -> list[str]:
    """The first hash of one version among the exact topics, or nothing."""
    parts = ((kind, value) for kind, _, value in (topic.rpartition(":") for topic in topics))
    return [found for kind, value in parts if (found := hash_in(kind, value)) is not None][:1]


def _version_1_hash(kind: str, value: str) -> str | None:
    if kind == "urn:btih" and re.fullmatch(r"[0-9a-fA-F]{40}", value):
        return value.lower()
    if kind == "urn:btih" and re.fullmatch(r"[a-zA-Z2-7]{32}", value):
        return b32decode(value.upper()).hex()
    return None


def _version_2_hash(kind: str, value: str) -> str | None:
    return value[4:44].lower() if kind == "urn:btmh" and re.fullmatch(r"1220[0-9a-fA-F]{64}", value) else None


def _version_1(info: dict[bytes, Any]) -> list[_File] | None:
    """The files of version 1; None if the torrent has only version 2."""
    if b"pieces" not in info:
        return None
    if (b"length" in info) == (b"files" in info):
        raise NotATorrent("a torrent file without exactly one of 'length' and 'files'")
    if b"length" in info:
        return [_File((_bytes(_best(info, b"name")),), _length(info[b"length"]))]
    if not isinstance(info[b"files"], list):
        raise NotATorrent("a torrent file whose 'files' are not a list")
    return [_listed(each) for each in info[b"files"]]


def _listed(entry: Any) -> _File:
    if not isinstance(entry, dict):
        raise NotATorrent("a torrent file with a file that is not a dictionary")
    attributes = _bytes(entry.get(b"attr"))
    parts = _best(entry, b"path")
    path = tuple(map(_bytes, parts)) if isinstance(parts, list) else ()
    return _File(path, _length(entry.get(b"length")), b"p" in attributes, b"l" in attributes)


def _version_2(info: dict[bytes, Any]) -> list[_File] | None:
    """The files of version 2 (BEP 52); None if the torrent has only version 1."""
    version = info.get(b"meta version")
    if version in (None, 1):
        return None
    if version != 2:
        raise NotATorrent("a torrent file of an unknown version")
    if not isinstance(info.get(b"file tree"), dict):
        raise NotATorrent("a torrent file of version 2 without its tree of files")
    return list(_leaves(info[b"file tree"], ()))


def _leaves(tree: dict[bytes, Any], above: tuple[bytes, ...]) -> Iterator[_File]:
    """A folder's entries have their names as keys, a file's properties the empty key."""
    for name, entry in tree.items():
        if not name or not isinstance(entry, dict) or (b"" in entry and len(entry) > 1):
            raise NotATorrent("a torrent file whose tree of files is not valid")
        if b"" not in entry:
            yield from _leaves(entry, (*above, name))
            continue
        properties = entry[b""] if isinstance(entry[b""], dict) else {}
        attributes = _bytes(properties.get(b"attr"))
        yield _File((*above, name), _length(properties.get(b"length")), b"p" in attributes, b"l" in attributes)


def _is_one_file(info: dict[bytes, Any], files: Sequence[_File]) -> bool:
    """Whether a torrent of version 2 is one file without a folder."""
    return len(files) == 1 and files[0].path == (_bytes(info.get(b"name")),)


def _total(files: Sequence[_File]) -> int:
    size = _length(sum(each.size_bytes for each in files))
    if size == 0:
        raise NotATorrent("a torrent file without content")
    return size


def _check_pieces(info: dict[bytes, Any], size: int) -> None:
    """Compare the number of hashes with the size. Raises `NotATorrent`."""
    pieces, piece_bytes = info[b"pieces"], info.get(b"piece length")
    if not isinstance(piece_bytes, int) or not 0 < piece_bytes <= _LARGEST_BYTES:
        raise NotATorrent("a torrent file with an impossible piece length")
    want = -(-size // piece_bytes)
    if not isinstance(pieces, bytes) or len(pieces) != want * _HASH_BYTES:
        got = len(pieces) / _HASH_BYTES if isinstance(pieces, bytes) else 0
        raise NotATorrent(f"a torrent file with the hashes of {got:g} pieces, but its size needs {want}")


def _stored(files: Sequence[_File]) -> list[tuple[tuple[bytes, ...], int]]:
    return [(each.path, each.size_bytes) for each in files if not each.is_padding]


def _contents(files: Sequence[_File]) -> tuple[TorrentContent, ...]:
    """The files that a client stores; empty if it may not store one under its listed path (see `TorrentIdentity`)."""
    if len(files) > MAX_FILES:
        return ()
    found: list[TorrentContent] = []
    for each in files:
        if each.is_padding:
            continue
        path = None if each.is_link else _path(each.path)
        if path is None:
            return ()
        found.append(TorrentContent(path, each.size_bytes))
    return () if _clash([each.path for each in found]) else tuple(found)


def _clash(paths: Sequence[str]) -> bool:
    """Whether two paths are one on some file systems, or one is a folder of another."""
    keys = sorted(unicodedata.normalize("NFC", path).casefold().replace("/", "\x00") for path in paths)
    return any(later == each or later.startswith(f"{each}\x00") for each, later in pairwise(keys))


def _path(parts: Sequence[bytes]) -> str | None:
    """The path, or None if a client may store the file under another one."""
    try:
        names = [part.decode() for part in parts]
    except UnicodeDecodeError:
        return None
    return "/".join(names) if names and all(map(_is_kept, names)) else None


def _is_kept(name: str) -> bool:
    if name in ("", ".", "..") or len(name.encode()) > _LONGEST_PART_BYTES:
        return False
    return _CHANGED_BY_CLIENTS.search(name) is None


def _name(info: dict[bytes, Any]) -> str:
    return _shown(_bytes(_best(info, b"name")).decode(errors="replace"))


def _shown(name: str) -> str:
    """The name without control characters, which a database may refuse, and not too long."""
    return _CONTROL.sub(" ", name[:_LONGEST_NAME]).strip()


def _best(entry: dict[bytes, Any], key: bytes) -> Any:
    """A value, or the same in UTF-8 if the torrent has both: clients prefer that one."""
    return entry.get(key + b".utf-8", entry.get(key))


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else b""


def _length(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_BYTES:
        shown = value if isinstance(value, int) and abs(value) < 10**30 else "not a number"
        raise NotATorrent(f"a torrent file with an impossible file length: {shown}")
    return value
