"""Paths of the client are mapped to paths of this service."""

from pathlib import Path

import pytest
from downloader.domain.folders import NotInDownloadFolder, SharedFolder


def test_a_path_of_the_client_is_mapped_to_our_folder() -> None:
    shared = SharedFolder(Path("/data/downloads"), "/downloads")

    assert shared.to_ours("/downloads/Oz/oz.m4b") == Path("/data/downloads/Oz/oz.m4b")
    assert shared.save_path == "/downloads"


def test_without_a_setting_the_client_has_the_same_path() -> None:
    assert SharedFolder(Path("/data")).to_ours("/data/oz.m4b") == Path("/data/oz.m4b")


@pytest.mark.parametrize("path", ["/elsewhere/oz.m4b", "/downloads", "/downloads/../etc/passwd", "", "/downloads2/oz"])
def test_a_path_outside_the_folder_is_refused_with_what_to_do(path: str) -> None:
    with pytest.raises(NotInDownloadFolder, match="QBITTORRENT_DOWNLOAD_PATH"):
        SharedFolder(Path("/data/downloads"), "/downloads", setting="QBITTORRENT_DOWNLOAD_PATH").to_ours(path)
