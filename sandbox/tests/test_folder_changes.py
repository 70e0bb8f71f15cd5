import os
import time
from pathlib import Path

import pytest
from sandbox.audiobookshelf.folder_changes import FolderChanges


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library folder in which nothing has changed for a minute."""
    (tmp_path / "Author" / "Book").mkdir(parents=True)
    a_minute_ago = time.time() - 60
    for folder in (tmp_path, tmp_path / "Author", tmp_path / "Author" / "Book"):
        os.utime(folder, (a_minute_ago, a_minute_ago))
    return tmp_path


def test_the_first_call_reports_a_change(old: Path) -> None:
    assert FolderChanges(old).any()


def test_nothing_has_changed_while_no_entry_is_added_or_removed(old: Path) -> None:
    changes = FolderChanges(old)
    changes.any()
    assert not changes.any()


def test_a_file_deep_in_the_library_is_a_change(old: Path) -> None:
    changes = FolderChanges(old)
    changes.any()
    (old / "Author" / "Book" / "1.mp3").touch()
    assert changes.any()


def test_a_deleted_folder_is_a_change(old: Path) -> None:
    changes = FolderChanges(old)
    changes.any()
    (old / "Author" / "Book").rmdir()
    assert changes.any()


def test_a_change_within_the_same_tick_of_the_clock_is_not_missed(old: Path) -> None:
    changes = FolderChanges(old)
    (old / "Author" / "Another").mkdir()
    changes.any()
    assert changes.any()
