"""A program that is forked from a process with all imports behaves as one that is started from its command."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from harness.forking import Fork
from shared.testing.waiting import until

PROGRAM = """
import json, os, random, signal, sys, threading

def main():
    report = {
        "name": __name__,
        "pid": os.getpid(),
        "session": os.getsid(0),
        "folder": os.getcwd(),
        "environment": dict(os.environ),
        "arguments": sys.argv[1:],
        "random": random.random(),
        "imported": "gateway.app" in sys.modules,
        "threads": [thread.name for thread in threading.enumerate()],
    }
    print(json.dumps(report))
    if sys.argv[1] == "wait":
        signal.pause()
    sys.exit(int(sys.argv[1]))

if __name__ == "__main__":
    main()
"""
"""It reports how it was started, then it waits for a signal or exits with a status."""

PARENT = """
import multiprocessing, sys, time
from pathlib import Path
from harness.forking import Fork

if __name__ == "__main__":
    multiprocessing.get_context("forkserver").set_forkserver_preload([])
    folder = Path(sys.argv[1])
    Fork([sys.executable, "-m", "reporting", "wait"], environment={}, folder=folder, log=folder / "log")
    time.sleep(60)
"""
"""A process that starts a fork without imports, because they take time."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the program as the module `reporting`."""
    (tmp_path / "reporting.py").write_text(PROGRAM)
    return tmp_path


def fork(folder: Path, argument: str) -> Fork:
    command = [sys.executable, "-m", "reporting", argument]
    return Fork(command, environment={"ONLY": "this"}, folder=folder, log=folder / "log")


def reports(folder: Path) -> list[dict[str, Any]]:
    log = folder / "log"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def test_a_fork_is_a_separate_process_with_all_imports(folder: Path) -> None:
    forks = [fork(folder, "3") for _ in range(2)]

    assert [each.wait(60) for each in forks] == [3, 3]
    found = reports(folder)
    assert {each["pid"] for each in found} == {each.pid for each in forks}
    assert len({each["random"] for each in found}) == 2
    for each in found:
        assert each["session"] == each["pid"]
        assert (each["name"], each["arguments"]) == ("__main__", ["3"])
        assert (each["folder"], each["environment"]) == (str(folder), {"ONLY": "this"})
        assert each["imported"]
        assert len(each["threads"]) == 2, "only the main thread and the one that waits for the parent"


async def test_a_fork_is_killed_by_its_process_id(folder: Path) -> None:
    killed = fork(folder, "wait")
    await until(lambda: reports(folder), seconds=60)
    with pytest.raises(subprocess.TimeoutExpired):
        killed.wait(0.01)
    assert killed.poll() is None

    os.kill(killed.pid, signal.SIGKILL)

    assert killed.wait(60) == -signal.SIGKILL
    killed.kill()  # does nothing


async def test_a_fork_ends_when_the_process_that_started_it_is_killed(folder: Path) -> None:
    (folder / "parent.py").write_text(PARENT)
    parent = await asyncio.create_subprocess_exec(sys.executable, "-m", "parent", folder, cwd=folder)
    await until(lambda: reports(folder), seconds=60)
    (report,) = reports(folder)

    parent.kill()
    await parent.wait()

    await until(lambda: not running(report["pid"]), seconds=60)


def running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_only_a_module_can_be_forked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only a module can be forked: ls -l"):
        Fork(["ls", "-l"], environment={}, folder=tmp_path, log=tmp_path / "log")
