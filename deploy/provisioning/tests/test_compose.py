"""The steps that prepare a compose installation."""

import stat
from pathlib import Path

import pytest
from provisioning.compose import keys, main
from provisioning.services import PARTS


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_each_service_gets_its_own_addresses_and_a_second_run_keeps_them(tmp_path: Path) -> None:
    keys(tmp_path)
    first = contents(tmp_path)

    keys(tmp_path)

    assert contents(tmp_path) == first
    for part in PARTS:
        assert first[f"{part.name}/database_url"].startswith(f"postgresql://{part.role}:")
        assert first[f"{part.name}/nats_url"].startswith(f"nats://{part.name}:")
    assert len({first[f"{part.name}/nats_url"] for part in PARTS}) == len(PARTS)


def test_only_the_account_of_the_services_can_read_a_secret(tmp_path: Path) -> None:
    keys(tmp_path)
    assert stat.S_IMODE((tmp_path / "gateway" / "api_key").stat().st_mode) == 0o400


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["keys", "prepare"]])
def test_an_unknown_step_is_answered_with_the_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"usage: python -m provisioning\.compose \{keys,prepare\}"):
        main(arguments)
