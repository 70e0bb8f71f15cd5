"""The network policies allow what the permissions of NATS and the roles of Postgres allow, and nothing else."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from provisioning.roles import SCHEMAS
from provisioning.services import PARTS, permissions_by_user

from .conftest import CHART, OUTSIDE, Objects, Render

PORTS = {"nats": 4222, "postgres": 5432}
POD_OF = {"setup": "prepare"}
"""The pod of a NATS user, where it has another name."""
ONLY_FROM_THE_INGRESS = {
    "networkPolicies": {"gatewayFrom": [{"namespaceSelector": {"matchLabels": {"name": "ingress"}}}]}
}


def labels_of_pods(objects: Objects) -> dict[str, dict[str, str]]:
    templates = [each["spec"]["template"] for each in objects if each["kind"] in ("Deployment", "StatefulSet", "Job")]
    labels = [template["metadata"]["labels"] for template in templates]
    return {each["app.kubernetes.io/component"]: each for each in labels}


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted = selector.get("matchLabels", {}).items() <= labels.items()
    return wanted and all(labels.get(each["key"]) in each["values"] for each in selector.get("matchExpressions", []))


def matches(rule: dict[str, Any], side: str, labels: dict[str, str], port: int) -> bool:
    """Whether a rule allows a connection with a pod of the same namespace. Every address block contains it."""
    if "ports" in rule and port not in [each["port"] for each in rule["ports"]]:
        return False
    return side not in rule or any(
        "ipBlock" in peer or (peer.get("namespaceSelector", {}) == {} and selects(peer.get("podSelector", {}), labels))
        for peer in rule[side]
    )


def allowed(objects: Objects, source: str, target: str, port: int) -> bool:
    labels = labels_of_pods(objects)
    policies = [each["spec"] for each in objects if each["kind"] == "NetworkPolicy"]
    leaves = [
        rule for each in policies if selects(each["podSelector"], labels[source]) for rule in each.get("egress", [])
    ]
    enters = [
        rule for each in policies if selects(each["podSelector"], labels[target]) for rule in each.get("ingress", [])
    ]
    return any(matches(rule, "to", labels[target], port) for rule in leaves) and any(
        matches(rule, "from", labels[source], port) for rule in enters
    )


def test_only_users_of_nats_reach_nats_and_only_roles_reach_postgres(render: Render) -> None:
    objects = render(ONLY_FROM_THE_INGRESS)
    expected = {(POD_OF.get(user, user), "nats") for user in permissions_by_user()}
    expected |= {(role.replace("_", "-"), "postgres") for role in SCHEMAS} | {("prepare", "postgres")}
    found = {
        (source, target) for source, target in product(labels_of_pods(objects), repeat=2)
        if any(allowed(objects, source, target, port) for port in (*PORTS.values(), 8080, 8081, 8222, 53))
    }  # fmt: skip
    assert found == expected


def test_only_services_that_use_outside_systems_reach_them(render: Render) -> None:
    policies = {each["metadata"]["name"]: each["spec"] for each in render() if each["kind"] == "NetworkPolicy"}
    reaching = {
        name for name, spec in policies.items()
        if any("ipBlock" in peer for rule in spec.get("egress", []) for peer in rule.get("to", []))
    }  # fmt: skip
    assert reaching == {f"gapless-{part.name}" for part in PARTS} - {"gapless-scheduler"}


def test_no_pod_reaches_the_metadata_service_of_a_cloud(render: Render) -> None:
    blocks = [
        peer["ipBlock"] for each in render() if each["kind"] == "NetworkPolicy"
        for rule in each["spec"].get("egress", []) for peer in rule.get("to", []) if "ipBlock" in peer
    ]  # fmt: skip
    assert blocks
    assert all(block["except"] for block in blocks)


def test_outside_servers_are_reached_at_their_ports(render: Render) -> None:
    peer = {"namespaceSelector": {"matchLabels": {"name": "messages"}}}
    objects = render({**OUTSIDE, "networkPolicies": {"nats": [peer]}})
    policies = {each["metadata"]["name"]: each["spec"] for each in objects if each["kind"] == "NetworkPolicy"}
    rules = policies["gapless-scheduler"]["egress"]
    assert {"ports": [{"port": 5432, "protocol": "TCP"}]} in rules
    assert {"ports": [{"port": 4222, "protocol": "TCP"}], "to": [peer]} in rules


def test_metrics_are_read_only_if_prometheus_is_to_read_them(render: Render) -> None:
    def entering(values: dict[str, Any]) -> Any:
        policies = {
            each["metadata"]["name"]: each["spec"] for each in render(values) if each["kind"] == "NetworkPolicy"
        }
        return policies["gapless-metadata"]["ingress"]

    assert entering({}) == []
    assert entering({"serviceMonitor": {"enabled": True}}) == [
        {"ports": [{"port": "http", "protocol": "TCP"}], "from": [{"namespaceSelector": {}}]}
    ]


def test_nats_accepts_its_configuration_with_passwords_from_the_environment(render: Render, tmp_path: Path) -> None:
    objects = render()
    (config,) = (each["data"]["nats.conf"] for each in objects if "nats.conf" in each.get("data", {}))
    (server,) = (
        each for each in objects if each["metadata"]["name"] == "gapless-nats" and each["kind"] == "StatefulSet"
    )
    names = [each["name"] for each in server["spec"]["template"]["spec"]["containers"][0]["env"]]
    file = tmp_path / "nats.conf"
    file.write_text(config.replace('"/data"', f'"{tmp_path}"'))
    program = Path(sys.executable).parent / "nats-server"

    def check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, "-t", "-c", file], env={**os.environ, **environment}, capture_output=True,
                              text=True, timeout=60, check=False)  # fmt: skip

    done = check({name: "kSecret0123456789" for name in names})
    assert done.returncode == 0, done.stderr
    assert check({}).returncode != 0


@pytest.mark.parametrize("user", permissions_by_user())
def test_the_values_of_the_nats_chart_have_the_permissions_of_each_user(user: str) -> None:
    values = yaml.safe_load((CHART / "values-nats.yaml").read_text(encoding="utf-8"))
    (found,) = (each for each in values["config"]["merge"]["authorization"]["users"] if each["user"] == user)
    may = permissions_by_user()[user]
    assert found["permissions"]["publish"]["allow"] == may.publish
    assert found["permissions"]["subscribe"]["allow"] == may.subscribe
    variable = found["password"].removeprefix("<< $").removesuffix(" >>")
    assert values["container"]["env"][variable]["valueFrom"]["secretKeyRef"]["key"] == f"nats-{user}"
