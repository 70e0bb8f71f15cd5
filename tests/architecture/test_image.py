"""The images can be built from what Docker receives, and contain every package of this project that they use.

`make compose-check` builds and runs them, but needs Docker.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
_COPIED = re.compile(r"^COPY (?!--from)(.+) \S+$", re.MULTILINE)
_INSTALLED = re.compile(r"pip install --quiet --no-deps (.+)$", re.MULTILINE)


def sent_to_docker() -> list[Path]:
    """The exceptions of `.dockerignore`, which excludes everything else."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "**"
    return [ROOT / line.removeprefix("!") for line in lines if line.startswith("!")]


def projects_of(words: str) -> list[Path]:
    """The folders of the projects in the arguments of an installation."""
    return [folder for word in words.split() for folder in ROOT.glob(word.removeprefix("./"))]


def test_docker_receives_every_file_that_an_image_copies() -> None:
    copied = [ROOT / source for found in _COPIED.findall(DOCKERFILE) for source in found.split()]
    assert len(copied) > 5
    sent = sent_to_docker()
    assert [path for path in copied if not path.exists()] == []
    assert [path for path in copied if not any(path.is_relative_to(each) for each in sent)] == []


def test_docker_receives_only_what_an_image_copies() -> None:
    copied = [ROOT / source for found in _COPIED.findall(DOCKERFILE) for source in found.split()]
    assert [path for path in sent_to_docker() if not any(each.is_relative_to(path) for each in copied)] == []


def test_an_image_contains_every_package_of_this_project_that_it_uses() -> None:
    groups = [projects_of(words) for words in _INSTALLED.findall(DOCKERFILE)]
    assert len(groups) == 2
    installed: set[str] = set()
    for group in groups:
        projects = [tomllib.loads((each / "pyproject.toml").read_text("utf-8"))["project"] for each in group]
        installed |= {project["name"] for project in projects}
        needed = {re.split(r"[\s\[<>=]", each)[0] for project in projects for each in project.get("dependencies", [])}
        assert {each for each in needed if each.startswith("gapless-")} - installed == set()
