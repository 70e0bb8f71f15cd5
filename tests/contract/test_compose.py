"""Properties of every container in docker-compose.yml."""

import json
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


def test_only_the_container_of_mam_search_has_a_browser() -> None:
    images = {name: container.get("image") for name, container in SERVICES.items()}
    assert [name for name, image in images.items() if image == "gapless-mam-search"] == ["mam-search"]
    assert SERVICES["mam-search"]["build"]["target"] == "mam-search"


def test_chromium_may_create_the_namespaces_of_its_sandbox_and_do_nothing_else_that_is_forbidden_by_default() -> None:
    (profile,) = (each.removeprefix("seccomp=") for each in SERVICES["mam-search"]["security_opt"] if "seccomp" in each)
    (forbidden,) = json.loads((CHECKOUT / profile).read_text(encoding="utf-8"))["syscalls"]
    assert forbidden["action"] == "SCMP_ACT_ERRNO"
    assert {"mount", "bpf", "ptrace", "keyctl", "userfaultfd"} <= set(forbidden["names"])
    assert not {"clone", "clone3", "unshare", "chroot"} & set(forbidden["names"])


def test_a_replica_of_mam_search_has_no_fixed_name_or_port() -> None:
    assert not {"container_name", "ports"} & SERVICES["mam-search"].keys()
