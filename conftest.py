"""Imports the packages that are named like their folder, and groups the tests for parallel runs.

Pytest's importlib mode names a test module after its path (`sandbox.tests.test_x`). Without these imports it would put
the bare folder into `sys.modules` under the name of the package.
"""

from pathlib import Path

import pytest

import bench
import cli
import sandbox
import shared

__all__ = ["bench", "cli", "sandbox", "shared"]

END_TO_END = Path(__file__).parent / "tests" / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a module in one process, so that they share its fixtures; tests with `install` run alone.

    The end-to-end tests take longest and therefore start first.
    """
    for item in items:
        if "install" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: END_TO_END not in item.path.parents)
