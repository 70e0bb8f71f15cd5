"""The folder where an embedded server keeps what must last, and the lock that keeps a second one out."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 20.0
"""How long servers may take to end after the process that ran them was killed."""


class FolderInUse(Exception):
    """Another Gapless holds the folder; the message names both."""


def default_data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where embedded servers keep their data: GAPLESS_DATA if set, else a folder that their account can enter.

    Root's home is closed to the account that Postgres runs as, so root keeps its data in /var/lib.
    """
    if chosen := environment.get("GAPLESS_DATA"):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/gapless")
    share = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "gapless"


def make_enterable(folder: Path) -> None:
    """Create the folder and its missing parents so that other accounts may pass through, but not list them."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        place.chmod(0o711)


MEMORY = Path("/dev/shm")  # noqa: S108 - a folder with a name that nobody knows is made in it
ROOM_BYTES = 2**31


@contextmanager
def passing_folder(*, on_disk: bool = False) -> Iterator[Path]:
    """An enterable folder that is gone afterwards: in memory where there is room for it, unless `on_disk`.

    A database is three hundred files; to make them and to remove them is ten times quicker there.
    """
    room = not on_disk and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    with tempfile.TemporaryDirectory(
        prefix="gapless-", dir=MEMORY if room else None, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


class FolderLock:
    """An exclusive lock on a folder, held until it is released and the last process that inherited it has ended.

    nats-server takes no lock on its store: two of them on one folder start, and damage it. The lock's descriptor is
    therefore handed down to the servers, so that it also outlives a launcher that was killed.
    """

    def __init__(self, folder: Path) -> None:
        """The folder has to exist when the lock is taken."""
        self.folder = folder
        self._file: int | None = None

    @property
    def descriptor(self) -> int:
        """The open file that holds the lock; pass it to a child to share the lock with it."""
        if self._file is None:
            raise RuntimeError(f"{self.folder} is not locked")
        return self._file

    def take(self) -> None:
        """Take the lock at once, or after the servers of a launcher that is gone have ended; keep one we have.

        Raises FolderInUse when a live launcher holds it, or its servers do not end within PATIENCE_SECONDS.
        """
        if self._file is not None:
            return
        file = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _locked(file):
            holder = os.pread(file, 32, 0).decode(errors="replace").strip()
            if _alive(holder) or time.monotonic() > deadline:
                os.close(file)
                raise FolderInUse(
                    f"another Gapless is using {self.folder} (process {holder or 'unknown'}):"
                    " stop it, or set GAPLESS_DATA to another folder"
                )
            time.sleep(0.05)
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file

    def release(self) -> None:
        """Give the lock back; without one, do nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _alive(holder: str) -> bool:
    """Whether the process that wrote its number into the lock still runs; one that cannot be asked counts as alive."""
    if not holder.isdigit():
        return False
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
