"""Programs that a measurement starts in addition to the installation. They always end with the measurement."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from embedded.process import CannotStart, end_with_parent, last_lines

WITHIN_SECONDS = 90.0


@contextmanager
def python(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path, *, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python program. At the end it is terminated, and killed if it has not ended after half a minute."""
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            env=dict(environment),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - two system calls, no lock is taken
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for a condition. Raises `CannotStart` with the end of the log if the program ends or takes too long."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"a program of the benchmark did not become ready:\n{last_lines(log, 15)}")
        time.sleep(0.02)


def answers(url: str) -> bool:
    """Whether a request to the address gives status 200."""
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
