"""Imports first the packages that are named like their folder, and says which tests are run side by side.

Pytest's importlib mode names a test module after its path (`sandbox.tests.test_x`) and would otherwise put the bare
folder in `sys.modules` under the package's own name.
"""

from pathlib import Path

import pytest

import sandbox
import shared

__all__ = ["sandbox", "shared"]

END_TO_END = Path(__file__).parent / "tests" / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a module stay in one process and share what it set up; those that `install` stand alone.

    What is end to end takes longest, and therefore begins first.
    """
    for item in items:
        if "install" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: END_TO_END not in item.path.parents)
