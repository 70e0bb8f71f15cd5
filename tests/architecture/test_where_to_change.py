"""The table of the README that says where to start a change names files and folders that exist."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
ROOMS = ("shared/", "services/", "dashboard/", "sandbox/", "deploy/", "cli/", "bench/")
SECTION = re.compile(r"## I want to change …\n(.*)", re.DOTALL)


def test_everything_that_the_table_names_exists() -> None:
    found = SECTION.search((CHECKOUT / "README.md").read_text(encoding="utf-8"))
    assert found
    paths = [each for each in re.findall(r"`([^`]+)`", found[1]) if each.startswith(ROOMS)]
    assert len(paths) >= 10
    assert [each for each in paths if not (CHECKOUT / each).exists()] == []
