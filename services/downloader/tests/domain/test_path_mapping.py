"""Folders under the client's name and under ours."""

from pathlib import Path

import pytest
from downloader.domain.folders import NotInDownloadFolder, SharedFolder
from downloader.domain.path_mapping import parse_mappings

SETTING = "PATH_MAPPINGS"


def folder(text: str) -> SharedFolder:
    return SharedFolder(Path("/data/downloads"), "/downloads", others=parse_mappings(text, SETTING))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("/downloads/abc/Oz", "/data/downloads/abc/Oz"),
        ("/mnt/seeds/Oz", "/data/seeds/Oz"),
        ("/mnt/seeds/old/Oz", "/archive/Oz"),
        ("/mnt/seeds/older/Oz", "/data/seeds/older/Oz"),
        ("C:\\Seeds\\Oz\\one.m4b", "/data/windows/Oz/one.m4b"),
    ],
)
def test_the_longest_matching_path_applies(theirs: str, ours: str) -> None:
    shared = folder("/mnt/seeds=/data/seeds; /mnt/seeds/old=/archive; C:\\Seeds=/data/windows")

    assert shared.to_ours(theirs) == Path(ours)


@pytest.mark.parametrize("theirs", ["/mnt/seedsother/Oz", "/mnt/seeds", "/mnt/seeds/../etc/passwd", "", "Oz"])
def test_a_path_outside_of_every_folder_is_refused(theirs: str) -> None:
    with pytest.raises(NotInDownloadFolder, match="PATH_MAPPINGS"):
        folder("/mnt/seeds=/data/seeds").to_ours(theirs)


@pytest.mark.parametrize("text", ["", " ", ";", "/mnt/seeds = /data/seeds ;"])
def test_empty_parts_and_spaces_do_not_matter(text: str) -> None:
    assert [str(each.ours) for each in parse_mappings(text, SETTING)] == (["/data/seeds"] if "seeds" in text else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/mnt/seeds", "two absolute paths"),
        ("seeds=/data/seeds", "two absolute paths"),
        ("/mnt/seeds=data", "two absolute paths"),
        ("/mnt/../seeds=/data/seeds", "must not contain"),
        ("/mnt/seeds=/data/../etc", "must not contain"),
        ("/mnt/seeds=/a;/mnt/seeds/=/b", "mapped twice"),
    ],
)
def test_a_wrong_mapping_is_named(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_mappings(text, SETTING)


def test_a_torrent_is_saved_in_its_own_folder_below_the_download_folder() -> None:
    assert folder("").save_path_of("a" * 40) == f"/downloads/{'a' * 40}"
    assert SharedFolder(Path("/d"), "D:\\Torrents\\").save_path_of("b") == "D:\\Torrents\\b"
