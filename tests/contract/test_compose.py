"""Properties of every container in docker-compose.yml and docker-compose.small.yml."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from embedded.postgres import SMALL as POSTGRES
from mam_search.crawl_settings import CrawlSettings
from provisioning.services import PARTS

CHECKOUT = Path(__file__).parents[2]
SIX = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
SMALL = yaml.safe_load((CHECKOUT / "docker-compose.small.yml").read_text(encoding="utf-8"))
SERVICES = SIX["services"]


def extended(container: dict[str, Any]) -> dict[str, Any]:
    """The container with what it takes from one of docker-compose.yml, as far as these tests read it."""
    if (extends := container.get("extends")) is None:
        return container
    assert extends["file"] == "docker-compose.yml"
    return {**SERVICES[extends["service"]], **container}


SMALL_SERVICES = {name: extended(container) for name, container in SMALL["services"].items()}
CONTAINERS = {**{f"small: {name}": each for name, each in SMALL_SERVICES.items()}, **SERVICES}


def volumes_of(container: dict[str, Any]) -> set[str]:
    """The names of the volumes, or the settings that name a folder, that a container mounts."""
    return {each.rpartition(":/")[0] for each in container.get("volumes", ()) if not each.startswith("./")}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_has_limits_for_memory_and_processes(name: str) -> None:
    container = CONTAINERS[name]
    assert container["mem_limit"].endswith(("m", "g"))
    assert 0 < container["pids_limit"] <= 300


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_container_can_gain_privileges(name: str) -> None:
    assert "no-new-privileges:true" in CONTAINERS[name]["security_opt"]


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_port_is_published_only_for_this_machine_unless_a_setting_says_otherwise(name: str) -> None:
    known = ("${GAPLESS_BIND:-127.0.0.1}:", "${TLS_BIND:-127.0.0.1}:")
    assert all(port.startswith(known) for port in CONTAINERS[name].get("ports", ()))


def test_the_small_form_runs_on_the_data_of_the_six_containers() -> None:
    assert SMALL["name"] == SIX["name"]
    assert SMALL["volumes"].keys() <= SIX["volumes"].keys()
    assert all(each == {} for each in (*SMALL["volumes"].values(), *SIX["volumes"].values()))
    services = [SERVICES[part.name] for part in PARTS]
    assert volumes_of(SMALL_SERVICES["gapless"]) == set[str]().union(*map(volumes_of, services))
    for name in ("postgres", "nats", "keys", "prepare"):
        assert SMALL["services"][name]["extends"]["service"] == name
        assert "volumes" not in SMALL["services"][name], "the volumes are those of docker-compose.yml"


def test_the_small_form_gets_every_setting_and_secret_of_every_service() -> None:
    small = SMALL_SERVICES["gapless"]
    for container in (SERVICES[part.name] for part in PARTS):
        passed = {name for name in container["environment"] if not name.endswith("_URL_FILE")} - {"SECRET_KEY_FILE"}
        assert passed <= small["environment"].keys()
        assert set(container.get("secrets", ())) <= set(small["secrets"])
    assert SMALL["secrets"] == SIX["secrets"]


def test_the_postgres_of_the_small_form_has_the_settings_of_the_embedded_one() -> None:
    assert SMALL_SERVICES["postgres"]["command"][1:] == [f"--{name}={value}" for name, value in POSTGRES.items()]


def test_only_the_container_of_mam_search_has_a_browser() -> None:
    images = {name: container.get("image") for name, container in SERVICES.items()}
    assert [name for name, image in images.items() if image == "gapless-mam-search"] == ["mam-search"]
    assert SERVICES["mam-search"]["build"]["target"] == "mam-search"


def test_the_guides_can_be_exported_to_a_folder_that_mam_search_may_write_to() -> None:
    mounted = "${GUIDES_FOLDER:-guides}"
    assert f"{mounted}:/guides" in SERVICES["mam-search"]["volumes"]
    assert f"{mounted}:/owned/guides" in SERVICES["keys"]["volumes"], "the engine creates a volume with root as owner"
    example = CrawlSettings.model_fields["mam_guides_folder"].examples
    assert example == ["/guides"]


def test_chromium_may_create_the_namespaces_of_its_sandbox_and_do_nothing_else_that_is_forbidden_by_default() -> None:
    (profile,) = (each.removeprefix("seccomp=") for each in SERVICES["mam-search"]["security_opt"] if "seccomp" in each)
    (forbidden,) = json.loads((CHECKOUT / profile).read_text(encoding="utf-8"))["syscalls"]
    assert forbidden["action"] == "SCMP_ACT_ERRNO"
    assert {"mount", "bpf", "ptrace", "keyctl", "userfaultfd"} <= set(forbidden["names"])
    assert not {"clone", "clone3", "unshare", "chroot"} & set(forbidden["names"])


def test_a_replica_of_mam_search_has_no_fixed_name_or_port() -> None:
    assert not {"container_name", "ports"} & SERVICES["mam-search"].keys()
