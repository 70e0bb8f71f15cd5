"""Every project declares the packages of this repository that it imports, and only those."""

import ast
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ROOMS = [
    path.parent
    for pattern in ("*", "services/*", "deploy/*", "tests/harness")
    for path in CHECKOUT.glob(f"{pattern}/pyproject.toml")
]
PROJECTS = {room.name: room for room in ROOMS}
PACKAGES = {name.replace("-", "_"): name for name in PROJECTS}
"""The project of each package."""


def declared(project: str) -> set[str]:
    """The projects of this repository that a project depends on, those of its extras included."""
    described = tomllib.loads((PROJECTS[project] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for group in described.get("optional-dependencies", {}).values() for each in group]
    requirements = [*described.get("dependencies", []), *extras]
    return {each.removeprefix("gapless-") for each in requirements if each.startswith("gapless-")}


def imported(project: str) -> set[str]:
    """The projects of this repository that the source of a project imports."""
    names = {name for path in (PROJECTS[project] / "src").rglob("*.py") for name in _imports(path)}
    return {PACKAGES[name] for name in names if name in PACKAGES} - {project}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_all_projects_are_found() -> None:
    assert {"shared", "cli", "bench", "sandbox", "gateway", "backup", "harness"} <= PROJECTS.keys()


@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_a_project_declares_what_it_imports(project: str) -> None:
    assert declared(project) == imported(project)
