"""Runs the sandbox in a separate process, so that it takes no time from the event loop of Gapless."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dotenv import dotenv_values
from embedded.folder import FolderLock, make_enterable
from embedded.process import CannotStart, end_with_parent, last_lines

UP_WITHIN_SECONDS = 60.0
STOP_WITHIN_SECONDS = 15.0


def sandbox_command(world: Path, folder: Path, settings_file: Path) -> list[str]:
    """The command that serves a world on free ports and writes the settings that point to it to a file."""
    files = ["--folder", str(folder), "--write-settings", str(settings_file)]
    return [sys.executable, "-m", "sandbox", "serve", "--world", str(world), "--free-ports", *files]


def _chosen_client() -> dict[str, str]:
    return {name: os.environ[name] for name in ("DOWNLOAD_CLIENT",) if name in os.environ}


@contextmanager
def sandbox_process(world: Path, folder: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Serve a world within this context. Yields a function that waits for the sandbox and returns the settings for it.

    So the caller can start other servers in parallel. Raises `FolderInUse`; the function raises `CannotStart`.
    """
    make_enterable(folder)
    settings_file, log = folder / "settings.env", folder / "log"
    with FolderLock(folder), log.open("ab") as lines:
        settings_file.unlink(missing_ok=True)
        process = subprocess.Popen(  # noqa: S603 - our own program
            sandbox_command(world.resolve(), folder, settings_file),
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1", **_chosen_client()},
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - two system calls, no lock is taken
        )

        def settings() -> dict[str, str]:
            deadline = time.monotonic() + UP_WITHIN_SECONDS
            while not settings_file.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise CannotStart(f"the sandbox does not start. The end of {log}:\n{last_lines(log)}")
                time.sleep(0.02)
            return {name: value for name, value in dotenv_values(settings_file).items() if value is not None}

        try:
            yield settings
        finally:
            process.terminate()
            try:
                process.wait(STOP_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
