"""The base class of the embedded servers: their folder and port, and how they are started, stopped and killed."""

import pwd
import signal
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from embedded.folder import FolderLock, make_enterable
from embedded.process import CannotStart, can_reach, free_port, last_lines, port_is_free, spawn

PAUSES_SECONDS = (0.0, 0.1, 0.3, 0.8, 2.0)
"""Pauses before each attempt.

Another program may take the port, and the children of a killed Postgres take a moment to end.
"""


class Server(ABC):
    """One server process on the loopback interface with its own folder.

    The folder stores the port, which is used again at every start if it is free.
    """

    name: ClassVar[str]
    farewell: ClassVar[signal.Signals]
    start_seconds: ClassVar[float] = 30.0
    stop_seconds: ClassVar[float] = 20.0

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """With `port`, the server uses only that port. Otherwise it chooses a free one and stores it."""
        self.folder = folder
        self._wanted_port = port
        self._port: int | None = None
        self._lock = FolderLock(folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port of the server. Raises `RuntimeError` before the first start."""
        if self._port is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._port

    @property
    def running(self) -> bool:
        """Whether the process is running."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The id of the process, even after it has ended."""
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._process.pid

    @property
    def log(self) -> Path:
        """The file with the output of the server."""
        return self.folder / "log"

    def start(self) -> Self:
        """Start the server and return when it answers.

        Raises `FolderInUse` if another process uses the folder, otherwise `CannotStart` with the reason.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError(f"start {self.name} from the main thread: it ends with the thread that started it")
        if self.running:
            return self
        make_enterable(self.folder)
        self._lock.acquire()
        with ExitStack() as undo:
            undo.callback(self.stop)
            self._launch(self._prepare())
            undo.pop_all()
        return self

    def stop(self) -> None:
        """Stop the server, kill it after `stop_seconds`, and release the folder."""
        self._end()
        self._lock.release()

    def _end(self) -> None:
        if self._process is not None and self.running:
            self._process.send_signal(self.farewell)
            try:
                self._process.wait(self.stop_seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def kill(self) -> None:
        """Kill the server with SIGKILL, as in a crash, and keep the lock of the folder. `restart` starts it again."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        """Start the server again with its data on the same port. Stops it first if it is running."""
        self._end()
        self._wanted_port = self.port
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @abstractmethod
    def _prepare(self) -> pwd.struct_passwd | None:
        """Prepare the folder and return the account that the server runs as."""

    @abstractmethod
    def _command(self, port: int) -> list[str | Path]:
        """The program and its arguments."""

    @abstractmethod
    def _answers(self) -> bool:
        """Whether the server answers."""

    def _launch(self, account: pwd.struct_passwd | None) -> None:
        for pause in PAUSES_SECONDS:
            time.sleep(pause)
            self._port = self._choose_port()
            command = self._command(self._port)
            self._process = spawn(
                command, log=self.log, account=account, farewell=self.farewell, hold=self._lock.descriptor
            )
            if self._wait_until_it_answers(self._process):
                self._port_file.write_text(f"{self._port}\n")
                return
        raise self._failure("exits immediately")

    @property
    def _port_file(self) -> Path:
        return self.folder / "port"

    def _choose_port(self) -> int:
        if self._wanted_port is not None:
            if not port_is_free(self._wanted_port):
                raise CannotStart(
                    f"{self.name}: port {self._wanted_port} is in use. Stop the program that listens on it"
                )
            return self._wanted_port
        remembered = self._port_file.read_text().strip() if self._port_file.exists() else ""
        if remembered.isdigit() and port_is_free(int(remembered)):
            return int(remembered)
        return free_port()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until the server answers. False if the process has ended instead."""
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                return False
            if self._answers():
                return True
            time.sleep(0.02)
        raise self._failure(f"does not answer after {self.start_seconds:g} s")

    def _failure(self, what: str) -> CannotStart:
        return CannotStart(f"{self.name} {what}. The end of {self.log}:\n{last_lines(self.log)}")


def require_entry(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Raise `CannotStart` if the account cannot enter the folder."""
    if not can_reach(folder, account):
        who = account.pw_name if account else "this account"
        raise CannotStart(f"{who} cannot enter {folder}: set GAPLESS_DATA to a folder that every account can enter")
