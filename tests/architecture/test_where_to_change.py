"""The table of CONTRIBUTING.md that says where to change what names files that exist."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
SECTION = re.compile(r"## Where to change what\n(.*?)\n## ", re.DOTALL)


def test_every_file_that_the_table_names_exists() -> None:
    found = SECTION.search((CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert found
    paths = [each for each in re.findall(r"`([^`]+)`", found[1]) if "/" in each]
    assert len(paths) >= 10
    assert [each for each in paths if not (CHECKOUT / each).is_file()] == []
