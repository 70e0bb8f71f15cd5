"""The info hashes of torrent files and magnet links."""

import hashlib
from contextlib import suppress
from typing import Any

import pytest
import torf
from downloader.domain.torrent_file import MAX_FILES, NotATorrent, read_magnet, read_torrent
from hypothesis import given
from hypothesis import strategies as st
from sandbox.testing import an_offer
from sandbox.torrent import make_torrent

from .torrent_bytes import bencoded, entry, hybrid, leaf, second, several, single, torrent


def test_the_hash_is_that_of_other_implementations() -> None:
    made = make_torrent(an_offer(), "http://tracker/announce")

    read = read_torrent(made.metainfo)

    assert read.hashes == (torf.Torrent.read_stream(made.metainfo).infohash,)
    assert (read.name, read.size_bytes) == (made.name, made.size_bytes)


def test_the_hash_is_computed_over_the_original_bytes() -> None:
    out_of_order = bencoded(dict(reversed(single().items())))

    read = read_torrent(b"d4:info" + out_of_order + b"e")

    assert read.info_hash == hashlib.sha1(out_of_order, usedforsecurity=False).hexdigest()
    assert read.size_bytes == 7


def test_a_hybrid_torrent_has_two_hashes() -> None:
    info = hybrid(single(), {b"Oz.m4b": leaf()})

    read = read_torrent(torrent(info))

    assert read.hashes == (
        hashlib.sha1(bencoded(info), usedforsecurity=False).hexdigest(),
        hashlib.sha256(bencoded(info)).hexdigest()[:40],
    )
    assert read.size_bytes == 7


def test_a_nested_info_dictionary_is_ignored() -> None:
    assert read_torrent(torrent(single(name=b"Oz"), a={b"info": single(name=b"decoy")})).name == "Oz"


def test_the_files_are_in_the_order_of_the_torrent_and_padding_is_left_out() -> None:
    padding = entry(b".pad", b"9", size=9, attr=b"p")
    files = [entry(b"b", b"1.m4b"), padding, entry(b"a", b"2.m4b", size=8)]

    read = read_torrent(torrent(several(*files)))

    assert [(file.path, file.size_bytes) for file in read.files] == [("b/1.m4b", 7), ("a/2.m4b", 8)]
    assert read.size_bytes == 24


def test_the_files_of_a_torrent_of_version_2_are_read() -> None:
    read = read_torrent(torrent(second({b"a": {b"2.m4b": leaf(8)}, b"1.m4b": leaf()})))

    assert [(file.path, file.size_bytes) for file in read.files] == [("a/2.m4b", 8), ("1.m4b", 7)]
    assert read.size_bytes == 15


@pytest.mark.parametrize("info", [single(), hybrid(single(), {b"Oz.m4b": leaf()}), second({b"Oz": leaf()})])
def test_a_torrent_of_one_file_is_not_divided(info: dict[bytes, Any]) -> None:
    assert read_torrent(torrent(info)).files == ()


def test_names_in_utf_8_are_preferred_as_clients_do() -> None:
    file = entry(b"\xd6z.m4b") | {b"path.utf-8": ["Öz.m4b".encode()]}
    info = several(file, name=b"\xd6z") | {b"name.utf-8": "Öz".encode()}

    read = read_torrent(torrent(info))

    assert (read.name, [each.path for each in read.files]) == ("Öz", ["Öz.m4b"])


@pytest.mark.parametrize(
    "paths",
    [
        [[b"..", b"1.m4b"]],
        [[b"a/1.m4b"]],
        [[b"a\\1.m4b"]],
        [[b"/etc", b"1.m4b"], [b"", b"1.m4b"]],
        [[b"", b"1.m4b"]],
        [[]],
        [b"1.m4b"],
        [[1]],
        [[b"1\x00.m4b"]],
        [[b"1\n.m4b"]],
        [["1\u202eb4m.exe".encode()]],
        [[b"\xff.m4b"]],
        [[b"x" * 241]],
        [[b"1.m4b"], [b"1.m4b"]],
        [[b"CD 1", b"1.m4b"], [b"cd 1", b"1.M4B"]],
        [["Cafe\u0301.m4b".encode()], ["Caf\u00e9.m4b".encode()]],
        [[b"1"], [b"1", b"1.m4b"]],
    ],
)
def test_a_torrent_with_paths_that_a_client_changes_is_not_divided(paths: list[Any]) -> None:
    files = [entry(b"0.m4b"), *({b"length": 7, b"path": path} for path in paths)]

    read = read_torrent(torrent(several(*files)))

    assert (read.files, read.size_bytes) == ((), 7 * len(files))


def test_a_torrent_with_a_symbolic_link_is_not_divided() -> None:
    link = entry(b"2.m4b", size=0, attr=b"l") | {b"symlink path": [b"..", b"..", b"secret"]}

    assert read_torrent(torrent(several(entry(b"1.m4b"), link))).files == ()


def test_a_torrent_with_too_many_files_is_not_divided() -> None:
    files = [entry(b"%d.m4b" % number) for number in range(MAX_FILES + 1)]

    read = read_torrent(torrent(several(*files)))

    assert (read.files, read.size_bytes) == ((), 7 * len(files))


def test_the_name_has_no_control_characters_and_is_not_endless() -> None:
    read = read_torrent(torrent(single(name=b"\x00../\r\n" + b"x" * 10_000)))

    assert read.name.isprintable()
    assert len(read.name) <= 500


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "something else"),
        (b"<!doctype html><title>Sign in</title>", "a web page"),
        (b"d4:name2:Oze", "without an info dictionary"),
        (torrent([]), "without an info dictionary"),
        (torrent({b"name": b"Oz"}), "neither pieces"),
        (b"d4:infod4:name20:Oz", "incomplete"),
        (b"d4:info" + b"l" * 200, "too deeply"),
        (b"d4:infoxe", "invalid at byte"),
        (torrent(single()).replace(b"lengthi7e", b"lengthi07e"), "invalid at byte"),
        (b"d4:infode4:infodee", "twice"),
        (torrent(single() | {b"files": [entry(b"1.m4b", size=1 << 40)]}), "exactly one of"),
        (torrent({key: value for key, value in single().items() if key != b"length"}), "exactly one of"),
        (torrent(single() | several(files=b"none")), "exactly one of"),
        (torrent(several(entry(b"1.m4b"), files={b"a": 1})), "not a list"),
        (torrent(several(entry(b"1.m4b"), files=[7])), "not a dictionary"),
        (torrent(several(files=[])), "without content"),
        (torrent(single(0)), "without content"),
        (torrent(single(piece_length=0)), "piece length"),
        (torrent(single(piece_length=-1)), "piece length"),
        (torrent(single(piece_length=b"big")), "piece length"),
        (torrent(single(pieces=b"")), "hashes of 0 pieces, but its size needs 1"),
        (torrent(single(pieces=b"x" * 39)), "hashes of 1.95 pieces"),
        (torrent(single(1 << 40)), "its size needs 67108864"),
        (torrent(single(pieces=20)), "hashes of 0 pieces"),
        (torrent(second({b"1.m4b": leaf()}, meta_version=3)), "unknown version"),
        (torrent(second({b"1.m4b": leaf()}, meta_version=b"2")), "unknown version"),
        (torrent(second({}, file_tree=[])), "without its tree"),
        (torrent(second({})), "without content"),
        (torrent(second({b"": {b"length": 7}})), "tree of files is not valid"),
        (torrent(second({b"1.m4b": leaf() | {b"2.m4b": leaf()}})), "tree of files is not valid"),
        (torrent(second({b"1.m4b": 7})), "tree of files is not valid"),
        (torrent(hybrid(single(), {b"Oz.m4b": leaf(8)})), "lists of files differ"),
        (torrent(hybrid(single(), {b"other.m4b": leaf()})), "lists of files differ"),
        (torrent(hybrid(several(entry(b"1.m4b")), {b"1.m4b": leaf(), b"2.m4b": leaf()})), "lists of files differ"),
    ],
)
def test_content_that_is_not_a_torrent_is_refused_and_described(content: bytes, why: str) -> None:
    with pytest.raises(NotATorrent, match=why):
        read_torrent(content)


@given(st.binary())
def test_any_bytes_are_a_torrent_or_refused(content: bytes) -> None:
    with pytest.raises(NotATorrent):
        read_torrent(b"d" + content)


@pytest.mark.parametrize(
    ("link", "info_hash"),
    [
        (f"magnet:?xt=urn:btih:{'AB' * 20}&dn=Oz", "ab" * 20),
        ("magnet:?xt=urn:btih:" + "A" * 32, "00" * 20),
        (f"magnet:?xt=urn:btmh:1220{'cd' * 32}", "cd" * 20),
    ],
)
def test_the_hash_of_a_magnet_link_is_parsed(link: str, info_hash: str) -> None:
    assert read_magnet(link).info_hash == info_hash


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("magnet:?dn=Oz", "without an info hash"),
        ("magnet://[?xt=urn:btih:" + "a" * 40, "not valid"),
        ("magnet:?xt=urn:btih:" + "a" * 40 + "&tr=x" * 1000, "not valid"),
        ("magnet:?xt=urn:btih:" + "a" * 39, "without an info hash"),
    ],
)
def test_a_magnet_link_that_is_not_valid_is_refused(link: str, why: str) -> None:
    with pytest.raises(NotATorrent, match=why):
        read_magnet(link)


def test_the_name_of_a_magnet_link_has_no_control_characters() -> None:
    assert read_magnet(f"magnet:?xt=urn:btih:{'ab' * 20}&dn=Oz%00%0a").name == "Oz"


@given(st.text())
def test_any_text_is_a_magnet_link_or_refused(text: str) -> None:
    with suppress(NotATorrent):
        read_magnet(f"magnet:?xt=urn:btih:{'ab' * 20}&{text}")
    with suppress(NotATorrent):
        read_magnet(text)


@pytest.mark.parametrize(
    "info",
    [
        single(length=-1),
        single(length=(1 << 63) - 1),
        single(length=10**29),
        single(length=b"abc"),
        several(entry(b"1.m4b", size=5), entry(b"2.m4b", size=-4)),
        several({b"path": [b"1.m4b"]}),
        several(entry(b"1.m4b", size=1 << 50), entry(b"2.m4b", size=1 << 50), pieces=b""),
        second({b"Oz": leaf(-7)}),
        second({b"Oz": {b"": {}}}),
        second({b"Oz": {b"": []}}),
    ],
)
def test_an_impossible_file_length_is_refused(info: dict[bytes, Any]) -> None:
    with pytest.raises(NotATorrent, match="impossible file length"):
        read_torrent(torrent(info))


def test_a_magnet_link_of_a_hybrid_torrent_has_both_hashes_and_its_length() -> None:
    link = f"magnet:?xt=urn:btmh:1220{'cd' * 32}&xt=urn:btih:{'ab' * 20}&xl=144000000"

    identity = read_magnet(link)

    assert (identity.hashes, identity.size_bytes) == (("ab" * 20, "cd" * 20), 144_000_000)


@pytest.mark.parametrize("length", ["", "-1", "0", "9" * 16, "9" * 400, "١٢"])
def test_an_impossible_length_of_a_magnet_link_is_ignored(length: str) -> None:
    assert read_magnet(f"magnet:?xt=urn:btih:{'ab' * 20}&xl={length}").size_bytes is None
