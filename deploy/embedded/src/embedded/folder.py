"""The data folder of the embedded servers, and the lock that prevents two launchers from using it."""

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

WAIT_SECONDS = 20.0
"""How long to wait for the servers of a killed launcher to end."""


class FolderInUse(Exception):
    """Another Gapless uses the folder. The message names the folder and the process."""


def default_data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The data folder of the embedded servers: GAPLESS_DATA if set, else a folder that their account can enter.

    The account that Postgres runs as cannot enter root's home, so root stores its data in /var/lib.
    """
    if chosen := environment.get("GAPLESS_DATA"):
        return Path(chosen).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/gapless")
    share = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "gapless"


def make_enterable(folder: Path) -> None:
    """Create the folder and its missing parents. Other accounts may enter them, but not list them."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        place.chmod(0o711)


MEMORY = Path("/dev/shm")  # noqa: S108 - the folder created in it has an unpredictable name
ROOM_BYTES = 2**31


@contextmanager
def passing_folder(*, on_disk: bool = False) -> Iterator[Path]:
    """A temporary folder that every account can enter, in memory if there is space and not `on_disk`.

    A database has about three hundred files, which are created and deleted ten times faster in memory.
    """
    room = not on_disk and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    with tempfile.TemporaryDirectory(
        prefix="gapless-", dir=MEMORY if room else None, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


class FolderLock:
    """An exclusive lock on a folder, held until it is released and every process that inherited it has ended.

    nats-server does not lock its store, and two servers on one store damage it. The servers inherit the descriptor of
    the lock, so that the lock outlasts a killed launcher.
    """

    def __init__(self, folder: Path) -> None:
        """The folder must exist when the lock is acquired."""
        self.folder = folder
        self._file: int | None = None

    @property
    def descriptor(self) -> int:
        """The open file of the lock. A child process that inherits it shares the lock."""
        if self._file is None:
            raise RuntimeError(f"{self.folder} is not locked")
        return self._file

    def acquire(self) -> None:
        """Acquire the lock. Waits if the servers of a dead launcher still hold it.

        Raises `FolderInUse` if a running launcher holds it, or if the servers do not end within `WAIT_SECONDS`.
        """
        if self._file is not None:
            return
        file = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + WAIT_SECONDS
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
        """Release the lock. Does nothing if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
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
    """Whether the process whose id is in the lock file is running. A process of another account counts as running."""
    if not holder.isdigit():
        return False
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
