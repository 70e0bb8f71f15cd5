"""The addresses and secrets that each service in one process gets."""

from pathlib import Path

import pytest
from one_process.__main__ import keys_of
from provisioning.compose import keys
from provisioning.services import PARTS, Part


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_service_gets_the_keys_that_its_own_container_would_get(tmp_path: Path, part: Part) -> None:
    keys(tmp_path)

    environment = keys_of(tmp_path, {})(part)

    files = {path.name.upper(): path.read_text() for path in (tmp_path / part.name).iterdir()}
    assert {name: value for name, value in environment.items() if name != "HEALTH_PORT"} == files
    assert {"DATABASE_URL", "NATS_URL"} <= environment.keys()


def test_every_service_but_the_gateway_has_a_port_of_its_own(tmp_path: Path) -> None:
    ports = [keys_of(tmp_path, {})(part).get("HEALTH_PORT") for part in PARTS]
    assert ports == ["8081", "8082", "8083", "8084", "8085", None]


def test_a_configured_api_key_takes_precedence_over_the_generated_one(tmp_path: Path) -> None:
    keys(tmp_path)
    gateway = next(part for part in PARTS if part.name == "gateway")
    assert "API_KEY" not in keys_of(tmp_path, {"API_KEY": "a-key-of-my-own-choice"})(gateway)
