"""What `make up` tells, and on which address it listens."""

from pathlib import Path

import yaml
from embedded.installation import Installation
from embedded.up import words_of_key
from gateway.settings import GatewaySettings
from generation.generated_files import CHECKOUT


def test_the_key_is_shown_when_it_is_made_and_never_again(tmp_path: Path) -> None:
    made = Installation(tmp_path / "data")
    assert made.api_key in words_of_key(made)
    again = Installation(tmp_path / "data")
    assert again.api_key == made.api_key
    assert again.api_key not in words_of_key(again)
    assert str(tmp_path / "data" / "secrets.json") in words_of_key(again)


def test_a_key_that_a_person_set_is_the_one_that_counts_and_is_not_shown(tmp_path: Path) -> None:
    made = Installation(tmp_path / "data", "a-key-of-my-own-choice")
    assert made.api_key == "a-key-of-my-own-choice"
    assert "choice" not in words_of_key(made)


def test_the_api_is_reached_from_this_machine_only_unless_a_setting_says_otherwise() -> None:
    assert GatewaySettings.example().health_host == "127.0.0.1"
    services = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published["gateway"] == ["${GAPLESS_BIND:-127.0.0.1}:${GAPLESS_PORT:-8080}:8080"]
    assert all(
        port.startswith(("127.0.0.1:", "${GAPLESS_BIND:-127.0.0.1}:")) for each in published.values() for port in each
    )
