"""Torrents that are hostile in every field are a valid torrent or refused by name, with little work and memory."""

import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
from downloader.domain.bencoding import MAX_VALUES
from downloader.domain.torrent_file import MAX_FILES, NotATorrent, TorrentIdentity, read_torrent
from hypothesis import given
from hypothesis import strategies as st
from shared.testing.work import function_calls

from .torrent_bytes import bencoded, entry, hashes, leaf, second, several, single, torrent

CALLS_PER_BYTE = 10
LARGEST_BYTES = 1 << 50
NUMBERS = st.sampled_from(
    [0, 1, 7, -1, 16_384, 1 << 31, 1 << 50, (1 << 50) + 1, (1 << 63) - 1, 1 << 64, -(10**29), 10**31]
)
NAMES = st.binary(max_size=12) | st.sampled_from(
    [b"", b".", b"..", b"/etc/passwd", b"C:\\x", b"a\x00b", b"\xff\xfe", b"OZ", b"oz", b"CON", b"x" * 300,
     "Cafe\u0301".encode(), "Caf\u00e9".encode(), "\u202egpj.exe".encode(), "\ud800".encode(errors="surrogatepass")]
)  # fmt: skip
ANYTHING = st.recursive(
    NUMBERS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
LENGTHS = st.integers(0, 50_000) | NUMBERS | ANYTHING
FILES = st.lists(
    st.fixed_dictionaries(
        {b"length": LENGTHS, b"path": st.lists(NAMES, max_size=3) | ANYTHING},
        optional={b"attr": NAMES | st.sampled_from([b"p", b"l", b"x"]), b"path.utf-8": st.lists(NAMES) | ANYTHING},
    ),
    max_size=4,
)
TREES = st.recursive(
    st.builds(leaf, st.integers(0, 50_000)) | ANYTHING, lambda inner: st.dictionaries(NAMES, inner, max_size=3)
)
INFOS = st.fixed_dictionaries(
    {},
    optional={
        b"name": NAMES | ANYTHING,
        b"name.utf-8": NAMES | ANYTHING,
        b"length": LENGTHS,
        b"files": FILES | ANYTHING,
        b"piece length": st.just(16_384) | ANYTHING,
        b"pieces": st.integers(0, 10).map(lambda count: b"x" * 20 * count) | ANYTHING,
        b"private": ANYTHING,
        b"meta version": st.sampled_from([1, 2, 3]) | ANYTHING,
        b"file tree": TREES,
    },
)


@st.composite
def nearly_valid(draw: st.DrawFn) -> dict[bytes, Any]:
    """A valid info dictionary in which at most two fields are changed or missing."""
    files = [entry(b"CD 1", b"1.m4b"), entry(b"2.m4b", size=20_000)]
    tree = {b"CD 1": {b"1.m4b": leaf()}, b"2.m4b": leaf(20_000)}
    info = draw(st.sampled_from([single(), several(*files), second(tree), second(tree) | several(*files)]))
    changes = draw(st.dictionaries(st.sampled_from(sorted(info)), ANYTHING | st.none(), max_size=2))
    return {key: value for key, value in (info | changes).items() if value is not None}


def is_safe(identity: TorrentIdentity) -> bool:
    """Whether every value may be stored and compared, and no file can be outside of the torrent's folder."""
    paths = [PurePosixPath(file.path) for file in identity.files]
    keys = [unicodedata.normalize("NFC", file.path).casefold() for file in identity.files]
    return (
        all(len(each) == 40 and set(each) <= set("0123456789abcdef") for each in identity.hashes)
        and identity.size_bytes is not None
        and 0 < identity.size_bytes <= LARGEST_BYTES
        and "\x00" not in identity.name
        and len(identity.name) <= 500
        and len(identity.files) <= MAX_FILES
        and sum(file.size_bytes for file in identity.files) <= identity.size_bytes
        and all(str(path) == file.path for path, file in zip(paths, identity.files, strict=True))
        and not any(path.is_absolute() or ".." in path.parts for path in paths)
        and not any(char < " " for file in identity.files for char in file.path)
        and len(set(keys)) == len(keys)
    )


def outcome(content: bytes) -> TorrentIdentity | str:
    """The torrent, or why it is none."""
    try:
        return read_torrent(content)
    except NotATorrent as error:
        return str(error)


@given(INFOS | nearly_valid())
def test_a_torrent_is_valid_and_safe_or_refused_by_name(info: dict[bytes, Any]) -> None:
    read = outcome(torrent(info))

    assert read if isinstance(read, str) else is_safe(read)


@pytest.mark.parametrize("private", [1, 0, 2, -1, b"1", b"yes", [], {b"a": 1}])
def test_a_private_flag_of_any_type_changes_nothing_but_the_hash(private: Any) -> None:
    read = read_torrent(torrent(single(private=private)))

    assert (read.size_bytes, read.name) == (7, "Oz.m4b")


@pytest.mark.parametrize("info", [single(), several(entry(b"1.m4b"), entry(b"2.m4b")), second({b"1.m4b": leaf()})])
def test_a_torrent_that_is_cut_at_any_byte_is_refused(info: dict[bytes, Any]) -> None:
    whole = torrent(info)

    assert isinstance(outcome(whole), TorrentIdentity)
    for length in range(len(whole)):
        assert isinstance(outcome(whole[:length]), str)


@given(st.data())
def test_a_torrent_with_any_changed_bytes_is_valid_and_safe_or_refused(data: st.DataObject) -> None:
    whole = bytearray(torrent(several(entry(b"CD 1", b"1.m4b"), entry(b"2.m4b", size=20_000))))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    read = outcome(bytes(whole))

    assert read if isinstance(read, str) else is_safe(read)


def many_files(count: int) -> bytes:
    files = b"".join(b"d6:lengthi7e4:pathl10:%06d.mp3ee" % number for number in range(count))
    rest = {b"name": b"Oz", b"piece length": 16_384, b"pieces": hashes(7 * count)}
    return b"d4:infod5:filesl" + files + b"e" + bencoded(rest)[1:] + b"e"


def nested_tree(depth: int) -> bytes:
    tree: dict[bytes, Any] = leaf()
    for _ in range(depth):
        tree = {b"a": tree}
    return torrent(second(tree))


LARGE: dict[str, Callable[[], bytes]] = {
    "100,000 files": lambda: many_files(100_000),
    "as many files as are read": lambda: many_files(MAX_FILES),
    "one path of 50,000 folders": lambda: torrent(several(entry(*[b"a"] * 50_000))),
    "one name of a megabyte": lambda: torrent(several(entry(b"a" * (1 << 20)))),
    "two long paths": lambda: torrent(several(*(entry(*[b"a" * 200] * 2500, name) for name in (b"1", b"2")))),
    "a megabyte of empty lists": lambda: b"d4:junkl" + b"le" * (1 << 19) + b"e4:info" + bencoded(single()) + b"e",
    "200,000 keys": lambda: b"d" + b"".join(b"6:%06di0e" % number for number in range(200_000)),
    "a million hashes": lambda: torrent(single(16_384 * 1_000_000, pieces=hashes(16_384 * 1_000_000))),
    "a deep tree": lambda: nested_tree(50),
    "a tree that is too deep": lambda: nested_tree(100),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_torrent_takes_bounded_work(name: str) -> None:
    content = LARGE[name]()
    read: list[TorrentIdentity | str] = []

    calls = function_calls(lambda: read.append(outcome(content)))

    assert isinstance(read[0], str) or is_safe(read[0])
    assert calls < min(CALLS_PER_BYTE * len(content), 20 * MAX_VALUES) + 1000


@pytest.mark.parametrize("name", ["100,000 files", "a megabyte of empty lists", "200,000 keys"])
def test_a_large_torrent_takes_bounded_memory(name: str) -> None:
    content = LARGE[name]()
    tracemalloc.start()
    try:
        read = outcome(content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert read == f"a torrent file with more than {MAX_VALUES} values"
    assert most < 50 * 2**20


def test_an_info_dictionary_of_another_type_is_refused() -> None:
    infos: list[Any] = [7, b"x", [single()], {}]
    for info in infos:
        assert isinstance(outcome(b"d4:info" + bencoded(info) + b"e"), str)
