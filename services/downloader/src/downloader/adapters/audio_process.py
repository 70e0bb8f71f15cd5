"""The processes that read and write audio: one JSON document goes in, lines of JSON come out."""

import asyncio
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

_LONGEST_LINE = 64 * 1024


async def start(program: Sequence[str]) -> Process:
    """Start the program with pipes and without the settings of the service. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        *program,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        cwd="/",
        env={"LANG": "C.UTF-8"},
        limit=_LONGEST_LINE,
    )


async def send(process: Process, task: bytes) -> None:
    """Send the whole input. If the process ends before, reading its output shows that."""
    assert process.stdin is not None  # noqa: S101 - the process was started with pipes
    try:
        process.stdin.write(task)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        return


async def read_line(process: Process) -> bytes:
    """One line; an incomplete one if the process ended or the line is too long."""
    assert process.stdout is not None  # noqa: S101 - the process was started with pipes
    try:
        return await process.stdout.readline()
    except ValueError:
        process.kill()
        return b""


async def wait_for_end(process: Process) -> int:
    """Wait until the process has ended and return its status. Its remaining output is discarded.

    In some versions of Python, `wait` alone never returns: a full buffer pauses the pipe, whose end is then not seen.
    """
    await process.communicate()
    assert process.returncode is not None  # noqa: S101 - it has ended
    return process.returncode
