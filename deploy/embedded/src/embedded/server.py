"""What the embedded servers have in common: a folder, a port they keep, and how they start, stop and are killed."""

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
"""Before each try: a port may be lost to a quicker program; the children of a killed Postgres end a moment later."""


class Server(ABC):
    """One server process on the loopback interface with its own folder.

    The port it was first given is written down in the folder and taken again at every start while it is free.
    """

    name: ClassVar[str]
    farewell: ClassVar[signal.Signals]
    start_seconds: ClassVar[float] = 30.0
    stop_seconds: ClassVar[float] = 20.0

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """With a port, only this one is used; without, a free one is chosen and remembered."""
        self.folder = folder
        self._wanted_port = port
        self._port: int | None = None
        self._lock = FolderLock(folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port it listens on, known once it was started."""
        if self._port is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._port

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process, also after its end."""
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started")
        return self._process.pid

    @property
    def log(self) -> Path:
        """The file with everything the server prints."""
        return self.folder / "log"

    def start(self) -> Self:
        """Start the server and return when it answers.

        Raises FolderInUse when another process has the folder, CannotStart with the reason otherwise.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError(f"start {self.name} from the main thread: it ends with the thread that started it")
        if self.running:
            return self
        make_enterable(self.folder)
        self._lock.take()
        with ExitStack() as undo:
            undo.callback(self.stop)
            self._launch(self._prepare())
            undo.pop_all()
        return self

    def stop(self) -> None:
        """Ask the server to end in good order, insist after `stop_seconds`, and let go of the folder."""
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
        """End the server with SIGKILL, as a crash would; the folder stays ours. `restart` brings the server back."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        """Start it again with its data on the port it had, stopping it first if it still runs."""
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
        """Lay out the folder and say which account the server runs as."""

    @abstractmethod
    def _command(self, port: int) -> list[str | Path]:
        """The program with its arguments."""

    @abstractmethod
    def _answers(self) -> bool:
        """Whether it serves already."""

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
        raise self._failure("ends at once")

    @property
    def _port_file(self) -> Path:
        return self.folder / "port"

    def _choose_port(self) -> int:
        if self._wanted_port is not None:
            if not port_is_free(self._wanted_port):
                raise CannotStart(f"{self.name}: port {self._wanted_port} is taken. Stop what listens there")
            return self._wanted_port
        remembered = self._port_file.read_text().strip() if self._port_file.exists() else ""
        if remembered.isdigit() and port_is_free(int(remembered)):
            return int(remembered)
        return free_port()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> bool:
        """False when the process has ended instead."""
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
    """Raise CannotStart when the account cannot get into the folder."""
    if not can_reach(folder, account):
        who = account.pw_name if account else "this account"
        raise CannotStart(f"{who} cannot get into {folder}: set GAPLESS_DATA to a folder that every account may enter")
