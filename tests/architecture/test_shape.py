"""The shape of the source: sizes, names, who commits, and which service knows which outside host."""

import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
GENERATED = "Do not edit it."
SOURCES = sorted(
    path
    for root in (CHECKOUT / "shared/src", CHECKOUT / "cli/src", CHECKOUT / "sandbox/src", CHECKOUT / "bench/src",
                 CHECKOUT / "tests/harness/src", CHECKOUT / "clients/python/src", *(CHECKOUT / "deploy").glob("*/src"),
                 *(CHECKOUT / "services").glob("*/src"))
    for path in root.rglob("*.py")
    if GENERATED not in path.read_text(encoding="utf-8")[:1000]
)  # fmt: skip
TESTS = sorted(
    path
    for root in (CHECKOUT / "tests", CHECKOUT / "shared/tests", CHECKOUT / "sandbox/tests", CHECKOUT / "cli/tests",
                 CHECKOUT / "clients/python/tests", CHECKOUT / "bench/tests", *(CHECKOUT / "deploy").glob("*/tests"),
                 *(CHECKOUT / "services").glob("*/tests"))
    for path in root.rglob("*.py")
)  # fmt: skip
LONGEST_MODULE = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc"}
HOSTS = {
    "myanonamouse.net": "mam-search",
    "api.audible": "metadata",
    "api.hardcover.app": "metadata",
    "api.audnex.us": "metadata",
    "googleapis.com": "metadata",
    "openlibrary.org": "metadata",
}
"""Default outside addresses and the one service that has each."""


def where(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def tracked_texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    files = [CHECKOUT / name for name in listed.stdout.split("\0") if name] or [*SOURCES, *TESTS]
    return [path for path in files if path.is_file() and path.suffix in KINDS_OF_TEXT]


KINDS_OF_TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".sh", ".lock", ".json", ".example", ".mako", ".sql"}
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "crates" + ".io", "proxy.go" + "lang.org")


def test_there_is_source_to_look_at() -> None:
    assert len(SOURCES) > 200
    assert len(TESTS) > 50


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    long = {where(path): lines for path in [*SOURCES, *TESTS] if (lines := _lines(path)) > LONGEST_MODULE}
    assert long == {}


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    vague = [where(path) for path in SOURCES if VAGUE & {*path.relative_to(CHECKOUT).with_suffix("").parts}]
    assert vague == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    vague = re.compile(r"^\s*class (\w*(?:Manager|Helper|Utils?|Data|Info)|(?:Base|Abstract)\w*)\b", re.MULTILINE)
    found = [f"{where(path)}: {name}" for path in SOURCES for name in vague.findall(path.read_text(encoding="utf-8"))]
    # An adapter speaks of an answer as its system does: qBittorrent calls this one main data.
    assert found == ["services/downloader/src/downloader/adapters/clients/qbittorrent/schemas.py: MainData"]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\.commit\(", "a transaction commits on its way out"),
        (r"from __future__ import annotations", "annotations are read at run time"),
        (r"\b(?:TODO|FIXME|XXX)\b", "what is not done is no part of the source"),
        (r"\bNotImplementedError\b", "nothing is left open"),
        (r"@pytest\.mark\.(?:skip|xfail)", "a test runs"),
        (r"logging\.getLogger\(__name__\)\.debug", "libraries log by themselves, we log events"),
    ],
)
def test_the_source_does_without(pattern: str, why: str) -> None:
    looked_for = re.compile(pattern)
    allowed = {"shared/src/shared/chassis/migrations.py"} if "commit" in pattern else set()
    found = [where(path) for path in SOURCES if looked_for.search(path.read_text(encoding="utf-8"))]
    assert set(found) <= allowed, why


@pytest.mark.parametrize(("host", "owner"), HOSTS.items())
def test_an_outside_host_is_known_to_one_service(host: str, owner: str) -> None:
    owners = {path.relative_to(CHECKOUT / "services").parts[0] for path in SOURCES if _names(path, host)}
    assert owners == {owner}


def _names(path: Path, host: str) -> bool:
    ours = path.is_relative_to(CHECKOUT / "services")
    return ours and re.search(rf"https?://[\w.]*{re.escape(host)}", path.read_text(encoding="utf-8")) is not None


def test_what_is_shared_names_no_outside_address() -> None:
    shared = [path for path in SOURCES if path.is_relative_to(CHECKOUT / "shared")]
    named = {where(path): hosts for path in shared if (hosts := _outside_hosts(path.read_text(encoding="utf-8")))}
    assert named == {}


def _outside_hosts(text: str) -> list[str]:
    hosts: list[str] = re.findall(r"https?://([\w-]+(?:\.[\w-]+)*\.(?:com|net|org|app|io))\b", text)
    return hosts


def test_no_file_names_the_host_of_a_package_registry() -> None:
    texts = {where(path): path.read_text(encoding="utf-8") for path in tracked_texts()}
    found = [f"{name}: {host}" for name, text in texts.items() for host in REGISTRIES if host in text]
    assert found == []


def test_only_tests_and_the_embedded_servers_wait_by_sleeping_outside_of_the_loop() -> None:
    blocking = re.compile(r"\btime\.sleep\(")
    services = [path for path in SOURCES if not path.is_relative_to(CHECKOUT / "deploy")]
    found = [where(path) for path in services if blocking.search(path.read_text(encoding="utf-8"))]
    # The command line and the blocking client are no loops: they wait for the API as a person would.
    assert [path for path in found if not path.startswith(("cli/", "clients/", "bench/", "tests/harness/"))] == []


def test_make_check_holds_the_import_rules_and_ci_runs_make() -> None:
    assert "lint-imports" in (CHECKOUT / "deploy/make/check.sh").read_text(encoding="utf-8")
    assert "make" in (CHECKOUT / ".ci/run").read_text(encoding="utf-8")


def test_every_service_has_its_readme_and_its_parts() -> None:
    for service in sorted((CHECKOUT / "services").iterdir()):
        package = service / "src" / service.name.replace("-", "_")
        for part in ("__main__.py", "app.py", "settings.py", "subscriptions.py", "migrations/env.py"):
            assert (package / part).is_file(), f"{service.name} has no {part}"
        assert (service / "README.md").is_file(), f"{service.name} has no README.md"
