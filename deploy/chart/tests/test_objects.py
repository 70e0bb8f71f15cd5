"""What the chart renders is valid, hardened, and gives each service only what is its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from generation.chart import service_table
from generation.generated_files import COMPOSE
from generation.grafana import dashboards
from provisioning.kubernetes import secrets
from provisioning.services import PARTS

from .conftest import CHART, EVERYTHING_ON, OUTSIDE, Objects, Render

OF_OPERATORS = {"HTTPRoute", "ServiceMonitor", "PrometheusRule"}
"""The kinds that Kubernetes itself does not have."""
KUBERNETES = "1.37.0"
NAMES = sorted(part.name for part in PARTS)
VALUES = {
    "small": {},
    "outside": OUTSIDE,
    "small, everything on": EVERYTHING_ON,
    "outside, everything on": {**EVERYTHING_ON, **OUTSIDE},
}
each_way = pytest.mark.parametrize("values", VALUES.values(), ids=list(VALUES))


def of_kind(objects: Objects, kind: str) -> dict[str, dict[str, Any]]:
    return {each["metadata"]["name"]: each for each in objects if each["kind"] == kind}


def pods(objects: Objects) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in objects:
        if each["kind"] in ("Deployment", "StatefulSet", "Job"):
            yield each["metadata"]["name"], each["spec"]["template"]["spec"]


@pytest.mark.parametrize("profile", ["small, everything on", "outside, everything on"])
def test_every_object_is_valid_for_kubernetes(profile: str, render: Render) -> None:
    from kubernetes_validate import validate

    objects = render(VALUES[profile])
    assert len(objects) > 30
    for each in objects:
        if each["kind"] not in OF_OPERATORS:
            validate(each, KUBERNETES, strict=True)


@each_way
def test_helm_finds_nothing_to_improve(values: dict[str, Any]) -> None:
    from helm_python.chart import lint

    report = lint(CHART, values, strict=True)
    # The chart has no picture.
    assert [each["error"] for each in report["messages"]] == ["icon is recommended"]
    assert report["errors"] == []


@each_way
def test_no_object_has_the_name_of_another(values: dict[str, Any], render: Render) -> None:
    names = [(each["kind"], each["metadata"]["name"]) for each in render(values)]
    assert len(names) == len(set(names))


@each_way
def test_no_pod_has_more_rights_than_it_needs(values: dict[str, Any], render: Render) -> None:
    for name, pod in pods(render(values)):
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] > 0
        assert pod["securityContext"]["seccompProfile"]["type"] in ("RuntimeDefault", "Localhost")
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]
            assert container["resources"]["requests"]


@each_way
def test_every_server_has_probes(values: dict[str, Any], render: Render) -> None:
    for name, pod in pods(render(values)):
        if not name.endswith("-prepare"):
            (container,) = pod["containers"]
            assert {"startupProbe", "readinessProbe"} <= container.keys(), name


@each_way
def test_each_service_has_a_deployment_and_a_disruption_budget(values: dict[str, Any], render: Render) -> None:
    objects = render(values)
    ours = [f"gapless-{name}" for name in NAMES]
    assert sorted(of_kind(objects, "Deployment")) == ours
    assert sorted(of_kind(objects, "PodDisruptionBudget")) == ours


def test_each_service_reads_only_its_own_keys(render: Render) -> None:
    for name in NAMES:
        pod = of_kind(render(), "Deployment")[f"gapless-{name}"]["spec"]["template"]["spec"]
        named = {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
        assert named == {f"gapless-keys-{name}"}


def test_a_setting_is_given_to_the_services_that_have_it_and_to_no_other(render: Render) -> None:
    deployments = of_kind(render(EVERYTHING_ON), "Deployment")
    for part in PARTS:
        pod = deployments[f"gapless-{part.name}"]["spec"]["template"]["spec"]
        given = {each["name"]: each["value"] for each in pod["containers"][0]["env"]}
        for name, text in (("ABS_URL", "http://audiobookshelf.media"), ("RATE_LIMIT_PER_KEY", "1000000"),
                           ("METADATA_COVERS", "false"), ("ABS_TOKEN_FILE", "/secrets/ABS_TOKEN/value")):  # fmt: skip
            has_it = name.removesuffix("_FILE").lower() in part.settings.model_fields
            assert given.get(name) == (text if has_it else None), (part.name, name)
        assert given["OTEL_TRACES_SAMPLER"] == "always_off"


def test_only_the_downloader_has_the_media_volume(render: Render) -> None:
    with_media = [name for name, pod in pods(render()) if any(volume["name"] == "media" for volume in pod["volumes"])]
    assert with_media == ["gapless-downloader"]


def test_the_gateway_writes_backups_to_a_claim(render: Render) -> None:
    deployments = of_kind(render({"backups": {"existingClaim": "backups"}}), "Deployment")
    with_backups = {name for name, each in deployments.items() if '"/backups"' in json.dumps(each)}
    assert with_backups == {"gapless-gateway"}
    assert deployments["gapless-gateway"]["spec"]["strategy"] == {"type": "Recreate"}
    assert of_kind(render(), "Deployment")["gapless-gateway"]["spec"]["strategy"]["type"] == "RollingUpdate"


def test_mam_search_exports_guides_to_a_claim(render: Render) -> None:
    deployments = of_kind(render({"guides": {"existingClaim": "guides"}}), "Deployment")
    assert {name for name, each in deployments.items() if '"/guides"' in json.dumps(each)} == {"gapless-mam-search"}
    assert deployments["gapless-mam-search"]["spec"]["strategy"] == {"type": "Recreate"}


def test_only_mam_search_has_the_image_with_the_browser(render: Render) -> None:
    images = {name: pod["containers"][0]["image"] for name, pod in pods(render())}
    assert [name for name, image in images.items() if image.startswith("gapless-mam-search:")] == ["gapless-mam-search"]


def test_the_chart_makes_the_same_keys_as_the_command(render: Render) -> None:
    made = {name: sorted(each["data"]) for name, each in of_kind(render(), "Secret").items()}
    printed = json.loads(secrets("gapless-postgres:5432", "gapless-nats:4222"))["items"]
    assert made == {each["metadata"]["name"]: sorted(each["stringData"]) for each in printed}


def test_helm_keeps_the_keys_and_the_media_at_an_uninstallation(render: Render) -> None:
    objects = render()
    for each in [*of_kind(objects, "Secret").values(), *of_kind(objects, "PersistentVolumeClaim").values()]:
        assert each["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}


def test_existing_keys_and_an_existing_claim_are_not_made(render: Render) -> None:
    objects = render({"keys": {"existingPrefix": "mine"}, "media": {"existingClaim": "books"}})
    assert {"Secret", "PersistentVolumeClaim"} & {each["kind"] for each in objects} == set()
    assert "mine-setup" in json.dumps(of_kind(objects, "Job"))
    assert '"books"' in json.dumps(of_kind(objects, "Deployment")["gapless-downloader"])


@pytest.mark.parametrize(
    ("values", "is_upgrade", "hook"),
    [({}, False, None), ({}, True, "pre-upgrade"), (OUTSIDE, False, "pre-install,pre-upgrade"),
     (OUTSIDE, True, "pre-install,pre-upgrade")],
    ids=["small, installation", "small, upgrade", "outside, installation", "outside, upgrade"],
)  # fmt: skip
def test_the_schemas_are_migrated_before_an_upgrade(
    values: dict[str, Any], is_upgrade: bool, hook: str | None, render: Render
) -> None:
    job = of_kind(render(values, is_upgrade=is_upgrade, is_install=not is_upgrade), "Job")["gapless-prepare"]
    assert job["metadata"]["annotations"].get("helm.sh/hook") == hook
    assert ("argocd.argoproj.io/hook" in job["metadata"]["annotations"]) == (hook is None)


def test_the_hook_needs_nothing_that_is_installed_after_it(render: Render) -> None:
    """On the first installation the outside servers and the Secrets exist, and nothing else."""
    objects = render(OUTSIDE)
    pod = dict(pods(objects))["gapless-prepare"]
    named = {volume["secret"]["secretName"] for volume in pod["volumes"] if "secret" in volume}
    assert named == {"gapless-keys-setup", "books-superuser"}
    assert {kind for volume in pod["volumes"] for kind in volume} == {"name", "emptyDir", "secret"}


def test_one_volume_for_one_node_is_not_mounted_by_two_pods(render: Render) -> None:
    assert of_kind(render(), "Deployment")["gapless-downloader"]["spec"]["strategy"] == {"type": "Recreate"}
    shared = of_kind(render(EVERYTHING_ON), "Deployment")["gapless-downloader"]["spec"]
    assert shared["strategy"]["type"] == "RollingUpdate"
    assert shared["replicas"] == 2


def test_the_alert_rules_and_the_dashboards_are_those_of_the_project(render: Render) -> None:
    objects = render(EVERYTHING_ON)
    rules = (CHART.parent / "observability" / "alerts.yml").read_text(encoding="utf-8")
    assert of_kind(objects, "PrometheusRule")["gapless"]["spec"] == yaml.safe_load(rules)
    shown = of_kind(objects, "ConfigMap")["gapless-dashboards"]["data"]
    assert {name: json.loads(text) for name, text in shown.items()} == {
        f"gapless-{name}": dashboard for name, dashboard in dashboards().items()
    }


def test_prometheus_finds_every_service_under_the_name_that_the_alert_rules_use(render: Render) -> None:
    objects = render(EVERYTHING_ON)
    spec = of_kind(objects, "ServiceMonitor")["gapless"]["spec"]
    found = [
        name for name, each in of_kind(objects, "Service").items()
        if spec["selector"]["matchLabels"].items() <= each["metadata"]["labels"].items()
        and "app.kubernetes.io/component" in each["metadata"]["labels"]
    ]  # fmt: skip
    assert sorted(found) == [f"gapless-{name}" for name in NAMES]
    labels = of_kind(objects, "Service")["gapless-gateway"]["metadata"]["labels"]
    assert labels[spec["jobLabel"]] == "gapless"
    assert spec["endpoints"][0]["authorization"]["credentials"] == {"name": "metrics", "key": "token"}


def test_the_routes_lead_to_the_gateway(render: Render) -> None:
    objects = render(EVERYTHING_ON)
    (rule,) = of_kind(objects, "Ingress")["gapless"]["spec"]["rules"]
    assert rule["http"]["paths"][0]["backend"]["service"] == {"name": "gapless-gateway", "port": {"name": "http"}}
    (rule,) = of_kind(objects, "HTTPRoute")["gapless"]["spec"]["rules"]
    assert rule["backendRefs"] == [{"name": "gapless-gateway", "port": 80}]


def test_the_notes_tell_how_to_get_the_key(chart: Any) -> None:
    notes = chart.render({}, name="gapless", namespace="media")["gapless/templates/NOTES.txt"]
    assert "get secret gapless-keys-gateway --output jsonpath='{.data.api_key}'" in notes


def test_the_values_of_app_template_give_each_service_its_own_keys() -> None:
    values = yaml.safe_load((CHART / "values-app-template.yaml").read_text(encoding="utf-8"))
    assert sorted(values["controllers"]) == sorted([*NAMES, "prepare"])
    for name, volume in values["persistence"].items():
        if volume["type"] == "secret" and name.startswith("keys-"):
            (controller,) = volume["advancedMounts"]
            assert controller == ("prepare" if name == "keys-setup" else name.removeprefix("keys-"))
            assert volume["name"] == f"gapless-{name}"
    for controller in values["controllers"].values():
        (container,) = controller["containers"].values()
        assert container["securityContext"]["readOnlyRootFilesystem"] is True


def test_the_table_of_services_follows_the_compose_file() -> None:
    compose = yaml.safe_load(Path(COMPOSE).read_text(encoding="utf-8"))
    table = service_table(compose)
    assert sorted(table) == NAMES
    assert [name for name, each in table.items() if not each["outside"]] == ["scheduler"]
