"""Tests that need a missing program are left out and named; under CI they fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

A_TEST_THAT_NEEDS = """
import pytest

@pytest.mark.needs("no-such-program")
def test_with_a_missing_program():
    pass

@pytest.mark.needs("sh")
def test_with_a_program_that_is_there():
    pass
"""


def run(folder: Path, *arguments: str, ci: bool = False) -> subprocess.CompletedProcess[str]:
    """Pytest in its own process, on one file. It loads no other installed plugins, because that takes seconds."""
    (folder / "test_it.py").write_text(A_TEST_THAT_NEEDS)
    plugins = ["-p", "shared.testing.needs", "-p", "xdist"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "--rootdir", folder, *arguments, folder],
        env={**os.environ, "CI": "true" if ci else "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


@pytest.mark.parametrize("workers", ["0", "2"])
def test_left_out_tests_are_listed_with_the_command_that_installs_the_program(tmp_path: Path, workers: str) -> None:
    ended = run(tmp_path, "--numprocesses", workers)
    closing = ended.stdout.splitlines()[-6:]
    assert ended.returncode == 0
    assert "no-such-program is missing, so 1 of the tests did not run:" in closing
    assert "  test_it.py::test_with_a_missing_program" in closing
    assert "To run them: sudo apt-get install --no-install-recommends no-such-program && make test" in closing
    assert "1 passed" in closing[-1]


def test_with_ci_nothing_is_left_out(tmp_path: Path) -> None:
    ended = run(tmp_path, ci=True)
    assert ended.returncode == 1
    assert "with CI=true no test may be left out, but no-such-program is missing" in ended.stdout
    assert "1 passed, 1 error" in ended.stdout
