"""Starts Python programs as forks of a process that has already imported the services.

Importing a service takes one to two seconds of processor time, a fork some milliseconds. A fork is a separate process
with its own environment, working folder, session, output and random numbers. Only the seed of `hash` is the same in all
forks.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import parent_process
from pathlib import Path

_FORKSERVER = multiprocessing.get_context("forkserver")
_FORKSERVER.set_forkserver_preload(["harness.preloaded"])


class Fork:
    """A running program with those parts of the interface of `subprocess.Popen` that the tests use."""

    def __init__(self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path) -> None:
        """Start `python -m MODULE ARGUMENT…` in the folder, with only this environment.

        Its output is appended to `log`. It gets SIGTERM when this process ends. Raises `ValueError` for other commands.
        """
        self._command = list(command)
        if self._command[:2] != [sys.executable, "-m"]:
            raise ValueError(f"only a module can be forked: {' '.join(command)}")
        arguments = self._command[2:], dict(environment), folder, log
        self._process = _FORKSERVER.Process(target=_run, args=arguments, daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """The exit status, negative for a signal, or None while the program runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the program ends, and return its exit status.

        Raises `subprocess.TimeoutExpired` if it is still running after `timeout` seconds.
        """
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise subprocess.TimeoutExpired(self._command, timeout or 0.0)
        return status

    def send_signal(self, sent: signal.Signals) -> None:
        """Send a signal, unless the program has ended."""
        if self.poll() is None:
            os.kill(self.pid, sent)

    def kill(self) -> None:
        """Kill the program with SIGKILL, as a crash would."""
        self.send_signal(signal.SIGKILL)


def _run(arguments: list[str], environment: Mapping[str, str], folder: Path, log: Path) -> None:
    """Run a module as `python -m` does. This is the first function that a fork calls."""
    os.setsid()
    _redirect(os.devnull, os.O_RDONLY, 0)
    for standard_output in (1, 2):
        _redirect(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, standard_output)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # typeshed knows only its interface
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = arguments
    sys.path.insert(0, str(folder))
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


def _redirect(file: Path | str, flags: int, standard: int) -> None:
    opened = os.open(file, flags, 0o600)
    os.dup2(opened, standard)
    os.close(opened)


def _end_with_parent() -> None:
    """Wait until the process that requested the fork ends, however it ends, and then stop this one."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
