"""Folders are checked with one small file, which does not stay."""

from pathlib import Path

from downloader.adapters.folder_check import check_folder, check_transfer
from downloader.domain.placement import Method


def test_a_folder_that_does_not_exist_yet_is_checked_where_it_would_be_created(tmp_path: Path) -> None:
    found = check_folder(tmp_path / "downloads" / "audiobooks")
    assert (found.exists, found.place, found.failure) == (False, tmp_path, None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = check_folder(tmp_path / "file" / "downloads")
    assert found.failure is not None
    assert found.failure.strerror == "Not a directory"


def test_files_of_one_file_system_are_hard_linked_and_the_probe_does_not_stay(tmp_path: Path) -> None:
    folders = tmp_path / "downloads", tmp_path / "library"
    for folder in folders:
        folder.mkdir()
    found = check_transfer(*folders)
    assert (found.method, found.why_no_link, found.failure) == (Method.HARDLINK, "", None)
    assert [path for folder in folders for path in folder.iterdir()] == []


def test_a_folder_that_is_missing_is_the_reason_why_no_file_gets_there(tmp_path: Path) -> None:
    found = check_transfer(tmp_path, tmp_path / "library")
    assert found.method is None
    assert isinstance(found.failure, FileNotFoundError)
