"""The info hashes of torrent files and magnet links."""

import hashlib

import pytest
import torf
from downloader.domain.torrent_file import NotATorrent, read_magnet, read_torrent
from hypothesis import given
from hypothesis import strategies as st
from sandbox.testing import an_offer
from sandbox.torrent import make_torrent


def test_the_hash_is_that_of_other_implementations() -> None:
    made = make_torrent(an_offer(), "http://tracker/announce")

    read = read_torrent(made.metainfo)

    assert read.hashes == (torf.Torrent.read_stream(made.metainfo).infohash,)
    assert (read.name, read.size_bytes) == (made.name, made.size_bytes)


def test_the_hash_is_computed_over_the_original_bytes() -> None:
    out_of_order = b"d6:pieces20:" + b"x" * 20 + b"4:name2:Oz6:lengthi7ee"

    read = read_torrent(b"d4:info" + out_of_order + b"e")

    assert read.info_hash == hashlib.sha1(out_of_order, usedforsecurity=False).hexdigest()
    assert read.size_bytes == 7


def test_a_hybrid_torrent_has_two_hashes() -> None:
    info = b"d9:file treed2:Ozd0:d6:lengthi7eeee12:meta versioni2e4:name2:Oz6:pieces20:" + b"x" * 20 + b"e"

    read = read_torrent(b"d4:info" + info + b"e")

    assert read.hashes == (
        hashlib.sha1(info, usedforsecurity=False).hexdigest(),
        hashlib.sha256(info).hexdigest()[:40],
    )
    assert read.size_bytes == 7


def test_a_nested_info_dictionary_is_ignored() -> None:
    decoy = b"d1:ad4:infod4:name5:decoyee4:infod4:name2:Oz6:pieces0:ee"

    assert read_torrent(decoy).name == "Oz"


def a_torrent_of(files: bytes) -> bytes:
    return b"d4:infod5:filesl" + files + b"e4:name2:Oz6:pieces20:" + b"x" * 20 + b"ee"


def test_the_files_are_in_the_order_of_the_torrent_and_padding_is_left_out() -> None:
    padding = b"d4:attr1:p6:lengthi9e4:pathl4:.pad1:9ee"
    files = b"d6:lengthi7e4:pathl1:b5:1.m4bee" + padding + b"d6:lengthi8e4:pathl1:a5:2.m4bee"

    read = read_torrent(a_torrent_of(files))

    assert [(file.path, file.size_bytes) for file in read.files] == [("b/1.m4b", 7), ("a/2.m4b", 8)]


@pytest.mark.parametrize("path", [b"l2:..5:1.m4be", b"l7:a/1.m4be", b"l0:5:1.m4be", b"le", b"5:1.m4b", b"li1ee"])
def test_a_torrent_with_a_path_outside_of_its_folder_is_not_divided(path: bytes) -> None:
    files = b"d6:lengthi7e4:pathl5:0.m4bee" + b"d6:lengthi7e4:path" + path + b"e"

    assert read_torrent(a_torrent_of(files)).files == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "something else"),
        (b"<!doctype html><title>Sign in</title>", "a web page"),
        (b"d4:name2:Oze", "without an info dictionary"),
        (b"d4:infod4:name2:Ozee", "neither pieces"),
        (b"d4:infod4:name20:Oz", "incomplete"),
        (b"d4:info" + b"l" * 200, "too deeply"),
        (b"d4:infoxe", "invalid at byte"),
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


def test_a_magnet_link_without_a_hash_is_refused() -> None:
    with pytest.raises(NotATorrent):
        read_magnet("magnet:?dn=Oz")


@pytest.mark.parametrize(
    "lengths",
    [
        b"6:lengthi-1e",
        b"6:lengthi9223372036854775807e",
        b"6:length3:abc",
        b"5:filesld6:lengthi5eed6:lengthi-4eee",
        b"5:filesld4:pathl1:aeee",
        b"5:filesl" + b"d6:lengthi1125899906842624ee" * 2 + b"e",
        b"9:file treed2:Ozd0:d6:lengthi-7eeee12:meta versioni2e",
    ],
)
def test_an_impossible_file_length_is_refused(lengths: bytes) -> None:
    with pytest.raises(NotATorrent, match="impossible file length"):
        read_torrent(b"d4:infod" + lengths + b"4:name2:Oz6:pieces20:" + b"x" * 20 + b"ee")
