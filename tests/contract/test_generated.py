"""Generated files are up to date."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from generation.bruno import FOLDER as BRUNO
from generation.bruno import present_files
from generation.generated_files import (
    ASYNCAPI,
    CHART,
    CHECKOUT,
    COMPOSE,
    ENV_EXAMPLE,
    MESSAGES,
    OPENAPI,
    SCHEMAS,
    SETTINGS,
    TASKS,
    texts,
)
from generation.python_client.package import generated_modules
from provisioning.services import PARTS, Part
from shared.chassis.settings import ServiceSettings

current = cache(texts)
"""What the files should contain. It takes seconds, so it is made when a test needs it."""
SET_BY_THE_IMAGE = {"health_host", "health_port"}


@pytest.mark.parametrize(
    "path", [MESSAGES, OPENAPI, ASYNCAPI, ENV_EXAMPLE, COMPOSE, TASKS, SETTINGS], ids=lambda path: path.name
)
def test_a_generated_file_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == current()[path], "run make messages"


def test_the_generated_files_of_the_chart_are_up_to_date() -> None:
    expected = {path: text for path, text in current().items() if path.is_relative_to(CHART)}
    files = CHART / "files"
    assert {path for path in expected if path.is_relative_to(files)} == {
        path for path in files.rglob("*") if path.is_file()
    }
    assert [path.name for path, text in expected.items() if path.read_text(encoding="utf-8") != text] == [], (
        "run make messages"
    )


def test_the_snapshots_of_messages_are_up_to_date() -> None:
    present = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert present == {path.name: text for path, text in current().items() if path.parent == SCHEMAS}, (
        "run make messages"
    )


def test_the_bruno_collection_is_up_to_date() -> None:
    expected = {path: text for path, text in current().items() if path.is_relative_to(BRUNO)}
    assert present_files() == expected.keys()
    assert {path: path.read_text(encoding="utf-8") for path in expected} == expected, "run make messages"


def test_the_blocks_of_a_bruno_request_are_closed_and_hold_no_key() -> None:
    requests = [path.read_text(encoding="utf-8") for path in BRUNO.rglob("*.bru")]
    assert all(text.count("\n}\n") >= text.count("meta {") for text in requests)
    assert sum("auth: inherit" in text for text in requests) == len(requests) - len(("collection", "environment"))
    assert "vars:secret [\n  key\n]" in (BRUNO / "environments" / "local.bru").read_text(encoding="utf-8")


def test_the_python_client_is_up_to_date() -> None:
    expected = {path: text for path, text in current().items() if path.is_relative_to(CHECKOUT / "clients" / "python")}
    assert generated_modules() == expected.keys()
    assert {path: path.read_text(encoding="utf-8") for path in expected} == expected, "run make messages"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_compose_passes_every_setting_to_its_service(part: Part) -> None:
    compose = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
    environment = compose["services"][part.name]["environment"]
    for name in part.settings.model_fields.keys() - SET_BY_THE_IMAGE:
        upper = name.upper()
        assert upper in environment or f"{upper}_FILE" in environment, (
            f"{upper} is not passed to {part.name} in docker-compose.yml"
        )
        if upper in environment and upper not in ("LOG_LEVEL", "LOG_FORMAT"):
            assert environment[upper] == f"${{{upper}:-}}"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_setting_has_a_description_and_an_example_if_required(part: Part) -> None:
    for name, field in part.settings.model_fields.items():
        assert field.description, f"{name} of {part.name} has no description"
        assert field.examples or not field.is_required(), f"{name} of {part.name} is required and has no example"


def test_the_example_of_settings_shows_every_setting_and_sets_none() -> None:
    text = ENV_EXAMPLE.read_text(encoding="utf-8")
    shown = set(re.findall(r"^#([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    for part in PARTS:
        assert {name.upper() for name in part.settings.model_fields} <= shown
    assert {name.upper() for name in ServiceSettings.model_fields} <= shown
    assert not re.search(r"^[^#\n]", text, re.MULTILINE)
