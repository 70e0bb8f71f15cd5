"""What is free where files are written."""

from pathlib import Path

from downloader.adapters.filesystem import Filesystem
from downloader.handlers.list_folders import Measuring
from shared.contracts.downloads.folders import ListFolders


async def test_the_folders_are_told_with_what_is_free(tmp_path: Path) -> None:
    downloads, library = await Measuring(Filesystem(tmp_path, tmp_path), 5).list_folders(ListFolders())
    assert (downloads.name, downloads.path, downloads.keep_free_bytes) == ("downloads", str(tmp_path), 5)
    assert 0 < (downloads.free_bytes or 0) <= (downloads.size_bytes or 0)
    assert (library.name, library.keep_free_bytes, library.problem) == ("library", 0, "")


async def test_a_folder_that_is_away_is_told_with_the_setting_to_look_at(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    downloads, library = await Measuring(Filesystem(gone, tmp_path), 0).list_folders(ListFolders())
    assert (downloads.problem, library.free_bytes) == ("", None)
    assert "LIBRARY_PATH" in library.problem
