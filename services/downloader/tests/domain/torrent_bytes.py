"""Torrent files written field by field, valid or not."""

from typing import Any

PIECE_BYTES = 16 * 1024
V2_ROOT = b"r" * 32


def bencoded(value: Any) -> bytes:
    """The value in bencoding, with the keys in the order of the dictionary."""
    if isinstance(value, bytes):
        return b"%d:%b" % (len(value), value)
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, dict):
        return b"d" + b"".join(bencoded(each) for pair in value.items() for each in pair) + b"e"
    return b"l" + b"".join(map(bencoded, value)) + b"e"


def torrent(info: Any, **top: Any) -> bytes:
    """A torrent file with this info dictionary."""
    return bencoded({b"announce": b"http://tracker/announce", **{key.encode(): top[key] for key in top}, b"info": info})


def hashes(size: int, piece_bytes: int = PIECE_BYTES) -> bytes:
    """As many hashes as a torrent of this size needs."""
    return b"x" * 20 * -(-size // piece_bytes)


def single(size: int = 7, **changes: Any) -> dict[bytes, Any]:
    """The info dictionary of a torrent of one file."""
    pieces = hashes(min(max(size, 0), 1 << 30))
    info = {b"length": size, b"name": b"Oz.m4b", b"piece length": PIECE_BYTES, b"pieces": pieces}
    return info | {key.replace("_", " ").encode(): value for key, value in changes.items()}


def several(*files: dict[bytes, Any], **changes: Any) -> dict[bytes, Any]:
    """The info dictionary of a torrent of a folder."""
    size = sum(length for each in files if isinstance(length := each.get(b"length"), int))
    info = single(size, files=list(files), name=b"Oz") | {key.encode(): value for key, value in changes.items()}
    del info[b"length"]
    return info


def entry(*path: bytes, size: int = 7, **changes: Any) -> dict[bytes, Any]:
    """One file of a torrent of a folder."""
    return {b"length": size, b"path": list(path)} | {key.encode(): value for key, value in changes.items()}


def leaf(size: int = 7, **changes: Any) -> dict[bytes, Any]:
    """One file of the tree of version 2."""
    return {b"": {b"length": size, b"pieces root": V2_ROOT} | {key.encode(): value for key, value in changes.items()}}


def second(tree: dict[bytes, Any], **changes: Any) -> dict[bytes, Any]:
    """The info dictionary of a torrent of version 2."""
    info = {b"file tree": tree, b"meta version": 2, b"name": b"Oz", b"piece length": PIECE_BYTES}
    return info | {key.replace("_", " ").encode(): value for key, value in changes.items()}


def hybrid(first: dict[bytes, Any], tree: dict[bytes, Any]) -> dict[bytes, Any]:
    """The info dictionary of a torrent of both versions."""
    return second(tree) | first
