"""Groups the tests for parallel runs, and imports the packages that have the name of their top folder.

In importlib mode, pytest names a test module after its path (`sandbox.tests.test_x`). Without these imports it would
register the folder `sandbox` in `sys.modules` in place of the package.
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
    """Run the tests of a module in one process, so that they share fixtures, except those that use `install`.

    The end-to-end tests start first because they take longest.
    """
    for item in items:
        if "install" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: END_TO_END not in item.path.parents)
