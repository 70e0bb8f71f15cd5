"""The images can be built for arm64 as for amd64: no step depends on the architecture, and every package is there.

`deploy/make/arm64.sh` looks for the wheels, and writes the list that is compared here.
"""

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
INSTALLED = ("shared", "services/*", "cli", "deploy/provisioning", "deploy/one-process", "deploy/backup", "sandbox")
ARCHITECTURE = re.compile(
    r"--platform|TARGETARCH|TARGETPLATFORM|BUILDPLATFORM|--print-architecture|uname"
    r"|amd64|x86_64|arm64|aarch64|\bx64\b"
)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def steps() -> list[str]:
    """The lines of the Dockerfile without comments."""
    return [line for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]


def pins(file: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / file).read_text(encoding="utf-8")))


def test_no_step_of_the_image_names_an_architecture() -> None:
    assert "No step depends on the architecture" in DOCKERFILE
    assert [line for line in steps() if ARCHITECTURE.search(line)] == []


def test_every_stage_begins_with_the_python_image_or_another_stage() -> None:
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, re.MULTILINE)
    assert len(stages) == len(re.findall(r"^FROM", DOCKERFILE, re.MULTILINE)) > 5
    assert {base for base, _ in stages} <= {"${PYTHON}", *(name for _, name in stages)}
    assert re.search(r"^ARG PYTHON=python:3\.13-slim$", DOCKERFILE, re.MULTILINE), "arm64.sh looks for this version"


def test_no_step_downloads_a_program_of_one_architecture() -> None:
    assert [line for line in steps() if re.search(r"\b(curl|wget|ADD)\b|https?://", line)] == []


def test_everything_that_the_images_install_has_a_wheel_for_arm64() -> None:
    wheels, lock = pins("deploy/arm64-wheels.txt"), pins("requirements.lock")
    projects = [str(path.relative_to(ROOT)) for name in INSTALLED for path in sorted(ROOT.glob(name)) if path.is_dir()]
    command = ["sh", "deploy/image-requirements.sh", *projects]
    required = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    names = {re.split(r"[\[<>=!~; ]", each)[0].lower().replace("_", "-") for each in required}
    assert len(names) > 20
    advice = "run deploy/make/arm64.sh"
    assert names - wheels.keys() == set(), advice
    assert {name: version for name, version in wheels.items() if lock.get(name) != version} == {}, advice


def test_every_native_package_of_the_dashboard_is_there_for_arm64() -> None:
    lock = json.loads((ROOT / "dashboard" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    linux = {name: each["cpu"] for name, each in lock.items() if "linux" in each.get("os", ()) and "cpu" in each}
    assert {name for name, cpu in linux.items() if "x64" in cpu}
    assert [name for name, cpu in linux.items() if "x64" in cpu and name.replace("x64", "arm64") not in linux] == []
