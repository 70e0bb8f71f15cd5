"""A module has a test module of its name, or the README of its service says where it is tested."""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ROOMS = ("handlers", "domain", "workflow", "middleware", "routes")
SECTION = re.compile(r"## Where things are tested\n(.*?)(?=\n## |\Z)", re.DOTALL)
ROW = re.compile(r"^\| (`.+?) \| (`.+?) \|$", re.MULTILINE)


@dataclass
class Service:
    """One service, with its tests and the table of its README."""

    folder: Path

    @property
    def package(self) -> Path:
        """The folder of its modules."""
        return self.folder / "src" / self.folder.name.replace("-", "_")

    @cached_property
    def modules(self) -> list[str]:
        """The modules of the rooms that hold more than types, relative to the package."""
        paths = (path for room in ROOMS for path in (self.package / room).rglob("*.py"))
        return sorted(str(path.relative_to(self.package)) for path in paths if _has_statements(path))

    @cached_property
    def tests(self) -> set[str]:
        """The names of its test modules."""
        return {path.name for path in (self.folder / "tests").rglob("test_*.py")}

    @cached_property
    def listed(self) -> dict[str, list[str]]:
        """The tests that the README names for a module, or for a folder of modules."""
        section = SECTION.search((self.folder / "README.md").read_text(encoding="utf-8"))
        rows = ROW.findall(section[1]) if section else []
        return {name: _quoted(tests) for modules, tests in rows for name in _quoted(modules)}

    def is_listed(self, module: str) -> bool:
        """Whether the README names the module, or a folder that it is in."""
        return any(module == name or (name.endswith("/") and module.startswith(name)) for name in self.listed)


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _has_statements(path: Path) -> bool:
    """Whether a function of the module does anything. Protocols, data classes and refusals do not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return any(
        not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant)
        for function in functions
        for statement in function.body
    )


SERVICES = [Service(folder) for folder in sorted((CHECKOUT / "services").iterdir()) if (folder / "src").is_dir()]
every_service = pytest.mark.parametrize("service", SERVICES, ids=[each.folder.name for each in SERVICES])


@every_service
def test_every_module_has_a_test_module_of_its_name_or_is_listed(service: Service) -> None:
    assert service.modules
    untested = [each for each in service.modules if f"test_{Path(each).name}" not in service.tests]
    assert [each for each in untested if not service.is_listed(each)] == []


@every_service
def test_the_table_names_only_modules_and_tests_that_exist(service: Service) -> None:
    modules = [each for each in service.listed if not (service.package / each).exists()]
    named = [test for tests in service.listed.values() for test in tests]
    tests = [test for test in named if test not in service.tests and not (CHECKOUT / test).is_file()]
    assert (modules, tests) == ([], [])
