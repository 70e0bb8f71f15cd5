"""Pytest plugin for tests that need a program from the system's package manager.

`@pytest.mark.needs("qbittorrent-nox")` names the programs, which must have the names of their Debian packages. Without
the program the test is left out, and the summary names it with the command that installs the program. With CI=true such
a test fails.
"""

import os
import shutil
from collections.abc import Iterable, Sequence

import pytest
from _pytest.terminal import TerminalReporter

_LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", "needs(*programs): leave the test out where one of these programs is missing")
    config.stash[_LEFT_OUT] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that cannot run here, and record them by the missing program."""
    left_out = config.stash[_LEFT_OUT]
    if _nothing_may_be_left_out():
        return
    for item in items:
        for program in _missing(item):
            left_out.setdefault(program, []).append(item.nodeid)
    deselected = {name for names in left_out.values() for name in names}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in deselected])
    items[:] = [item for item in items if item.nodeid not in deselected]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With CI=true a test without its program fails instead of being left out."""
    if missing := _missing(item):
        programs = ", ".join(missing)
        pytest.fail(
            f"with CI=true no test may be left out, but {programs} is missing: {_command(missing)}", pytrace=False
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send what a worker of pytest-xdist left out to the process that reports."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash[_LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """Receive what a worker left out. Every worker collects every test, so the report of one is complete."""
    left_out = getattr(node, "workeroutput", {}).get("left_out")
    if left_out:
        config: pytest.Config = node.config  # type: ignore[attr-defined]  # pytest-xdist has no types
        config.stash[_LEFT_OUT] = left_out


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """List what was left out and how to install it, before pytest's last line."""
    left_out = config.stash[_LEFT_OUT]
    if not left_out:
        return
    terminalreporter.section("left out")
    for program, names in left_out.items():
        terminalreporter.line(f"{program} is missing, so {len(names)} of the tests did not run:")
        for name in names:
            terminalreporter.line(f"  {name}")
    terminalreporter.line(f"To run them: {_command(left_out)} && make test")


def _nothing_may_be_left_out() -> bool:
    return os.environ.get("CI") == "true"


def _missing(item: pytest.Item) -> Sequence[str]:
    needed = dict.fromkeys(str(program) for marker in item.iter_markers("needs") for program in marker.args)
    return [program for program in needed if shutil.which(program) is None]


def _command(programs: Iterable[str]) -> str:
    return f"sudo apt-get install --no-install-recommends {' '.join(programs)}"
