"""The folders and their free space."""

from pathlib import Path

from downloader.adapters.filesystem import Filesystem
from downloader.handlers.list_folders import ListFoldersHandler
from shared.contracts.downloads.folders import ListFolders


async def test_both_folders_are_listed_with_their_free_space(tmp_path: Path) -> None:
    downloads, library = await ListFoldersHandler(Filesystem(tmp_path, tmp_path), 5).list_folders(ListFolders())
    assert (downloads.name, downloads.path, downloads.keep_free_bytes) == ("downloads", str(tmp_path), 5)
    assert 0 < (downloads.free_bytes or 0) <= (downloads.size_bytes or 0)
    assert (library.name, library.keep_free_bytes, library.problem) == ("library", 0, "")


async def test_an_unavailable_folder_is_listed_with_its_setting(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    downloads, library = await ListFoldersHandler(Filesystem(gone, tmp_path), 0).list_folders(ListFolders())
    assert (downloads.problem, library.free_bytes) == ("", None)
    assert "LIBRARY_PATH" in library.problem
