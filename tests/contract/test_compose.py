"""Properties of every container in docker-compose.yml."""

from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
SERVICES = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_limits_for_memory_and_processes(name: str) -> None:
    container = SERVICES[name]
    assert container["mem_limit"].endswith(("m", "g"))
    assert 0 < container["pids_limit"] <= 300


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_can_gain_privileges(name: str) -> None:
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]
