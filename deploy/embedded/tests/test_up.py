"""What `make up` prints, and on which address it listens."""

from pathlib import Path

import yaml
from embedded.installation import Installation
from embedded.up import key_message
from gateway.settings import GatewaySettings
from generation.generated_files import CHECKOUT


def test_the_key_is_shown_only_when_it_is_generated(tmp_path: Path) -> None:
    made = Installation(tmp_path / "data")
    assert made.api_key in key_message(made)
    again = Installation(tmp_path / "data")
    assert again.api_key == made.api_key
    assert again.api_key not in key_message(again)
    assert str(tmp_path / "data" / "secrets.json") in key_message(again)


def test_a_configured_key_is_used_and_not_shown(tmp_path: Path) -> None:
    made = Installation(tmp_path / "data", "a-key-of-my-own-choice")
    assert made.api_key == "a-key-of-my-own-choice"
    assert "choice" not in key_message(made)


def test_the_api_is_reachable_only_from_this_machine_by_default() -> None:
    assert GatewaySettings.example().health_host == "127.0.0.1"
    services = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published["gateway"] == ["${GAPLESS_BIND:-127.0.0.1}:${GAPLESS_PORT:-8080}:8080"]
