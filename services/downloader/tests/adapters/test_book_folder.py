"""Books are placed on disks that are full, read-only, joined or not writable, and nothing is ever half done.

The disks are real: each test makes small file systems in a mount namespace of its own (`unshare`). A machine that
forbids namespaces, as many containers do, cannot run these tests.
"""

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

import pytest
from downloader.adapters import book_folder, file_transfer
from downloader.adapters.file_transfer import transfer
from downloader.domain.import_problems import FolderOccupied
from downloader.domain.placement import Method

from .mounts import NAMESPACE, skip_without_namespaces, tmpfs

PLACE = """
import sys
from pathlib import Path, PurePosixPath
from uuid import uuid4
from downloader.adapters.book_folder import build
from downloader.domain.import_problems import words_of

downloads, library, folder = Path(sys.argv[1]), Path(sys.argv[2]), PurePosixPath(sys.argv[3])
sources = {path.relative_to(downloads): path for path in downloads.rglob("*") if path.is_file()}
try:
    print(build(library, folder, sources, uuid4()).words)
except OSError as error:
    print(words_of(error))
print(*sorted(str(path.relative_to(library)) for path in library.rglob("*")), sep=", ")
"""


@pytest.fixture
def downloads(download_folder: Path) -> Path:
    (download_folder / "1.mp3").write_bytes(b"a" * 300_000)
    (download_folder / "2.mp3").write_bytes(b"b" * 600_000)
    return download_folder


def placed(downloads: Path, library: Path, *mounts: str, folder: str = "Baum/Oz", unprivileged: bool = False) -> Any:
    """What an import reports after these commands, and everything below the library folder afterwards."""
    script = " && ".join([*mounts, 'exec "$@"'])
    skip_without_namespaces()
    namespace = ["unshare", "--user"] if unprivileged else NAMESPACE
    program = [sys.executable, "-c", PLACE, str(downloads), str(library), folder]
    run = subprocess.run([*namespace, "sh", "-c", script, "sh", *program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    report, below = run.stdout.split("\n", 1)
    return report, below.strip()


def test_on_another_disk_files_are_copied_and_their_checksums_compared(downloads: Path, library_folder: Path) -> None:
    report, below = placed(downloads, library_folder, tmpfs(library_folder, "size=4m"))
    assert report == "2 files as a copy whose checksum was compared"
    assert below == "Baum, Baum/Oz, Baum/Oz/1.mp3, Baum/Oz/2.mp3"


def test_only_the_files_that_cannot_be_linked_are_copied(downloads: Path, library_folder: Path) -> None:
    (downloads / "cd2").mkdir()
    other_disk = tmpfs(downloads / "cd2", "size=1m")
    report, below = placed(downloads, library_folder, other_disk, f"echo audio > '{downloads}/cd2/3.mp3'")
    assert report == "2 files as a hard link, 1 file as a copy whose checksum was compared"
    assert below == "Baum, Baum/Oz, Baum/Oz/1.mp3, Baum/Oz/2.mp3, Baum/Oz/cd2, Baum/Oz/cd2/3.mp3"


def test_a_full_disk_leaves_nothing_behind(downloads: Path, library_folder: Path) -> None:
    report, below = placed(downloads, library_folder, tmpfs(library_folder, "size=700k"))
    assert report.startswith("No space left on device")
    assert "free some space on the disk of LIBRARY_PATH" in report
    assert below == ""


def test_a_read_only_library_is_named_with_what_to_do(downloads: Path, library_folder: Path) -> None:
    report, below = placed(downloads, library_folder, tmpfs(library_folder, "ro"))
    assert report.startswith(f"Read-only file system: {library_folder}")
    assert report.endswith("mount LIBRARY_PATH with write access")
    assert below == ""


def test_a_library_without_permission_is_named_with_what_to_do(downloads: Path, library_folder: Path) -> None:
    library_folder.chmod(0o555)
    report, below = placed(downloads, library_folder, unprivileged=True)
    library_folder.chmod(0o755)
    assert report.startswith(f"Permission denied: {library_folder}")
    assert "PUID and PGID" in report
    assert below == ""


def test_a_name_that_is_too_long_leaves_nothing_behind(downloads: Path, library_folder: Path) -> None:
    report, below = placed(downloads, library_folder, folder=f"Baum/Oz/{'x' * 256}")
    assert report.startswith("File name too long")
    assert report.endswith("set a shorter PATH_TEMPLATE")
    assert below == ""


def test_an_author_s_folder_on_another_disk_gets_its_books(downloads: Path, library_folder: Path) -> None:
    """The hidden folder is beside the target, because a rename works only within one file system."""
    author = library_folder / "Baum"
    author.mkdir()
    left_over = f"mkdir '{author}/.gapless-deleted-1'"
    report, below = placed(downloads, library_folder, tmpfs(author, "size=4m"), left_over)
    assert report == "2 files as a copy whose checksum was compared"
    assert below == "Baum, Baum/Oz, Baum/Oz/1.mp3, Baum/Oz/2.mp3"


def test_a_book_is_not_placed_at_the_path_of_a_file(downloads: Path, library_folder: Path) -> None:
    (library_folder / "Oz").write_bytes(b"a file")
    with pytest.raises(FolderOccupied, match="not a folder"):
        book_folder.build(library_folder, PurePosixPath("Oz"), {}, uuid4())


def test_without_hard_links_the_blocks_are_shared_if_the_file_system_can(
    downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request to share blocks is replaced, because not every machine has a file system that can."""

    def shared(descriptor: int, request: int, source: int) -> int:
        assert request == 0x40049409
        os.write(descriptor, os.pread(source, 300_000, 0))
        return 0

    monkeypatch.setattr(os, "link", _no_link)
    monkeypatch.setattr(fcntl, "ioctl", shared)
    assert transfer(downloads / "1.mp3", tmp_path / "1.mp3") is Method.REFLINK
    assert (tmp_path / "1.mp3").read_bytes() == (downloads / "1.mp3").read_bytes()


def test_a_copy_that_differs_is_an_error(downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(read: Any, written: Any) -> bytes:
        written.write(read.read()[:-1] + b"?")
        return b"the checksum of what was read"

    monkeypatch.setattr(os, "link", _no_link)
    monkeypatch.setattr(file_transfer, "_copied", damaged)
    with pytest.raises(OSError, match="the copy differs"):
        transfer(downloads / "1.mp3", tmp_path / "1.mp3")


def test_a_copy_does_not_follow_a_symbolic_link(
    downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (downloads / "link.mp3").symlink_to("/etc/passwd")
    monkeypatch.setattr(os, "link", _no_link)
    with pytest.raises(OSError, match="symbolic links"):
        transfer(downloads / "link.mp3", tmp_path / "link.mp3")


def test_a_copy_never_replaces_a_file(downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1.mp3").write_bytes(b"another file")
    monkeypatch.setattr(os, "link", _no_link)
    with pytest.raises(FileExistsError):
        transfer(downloads / "1.mp3", tmp_path / "1.mp3")


def _no_link(*_: Any, **__: Any) -> None:
    raise OSError(errno.EXDEV, "Invalid cross-device link")
