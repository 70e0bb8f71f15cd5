"""Renders the chart with Helm itself, as a Python package."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

CHART = Path(__file__).parents[1]
OUTSIDE: dict[str, Any] = {
    "profile": "outside",
    "keys": {"existingPrefix": "gapless-keys"},
    "outside": {
        "postgres": "books-rw.databases:5432",
        "postgresSuperuserSecret": "books-superuser",
        "nats": "nats.messages:4222",
    },
}
EVERYTHING_ON: dict[str, Any] = {
    "imagePullSecrets": [{"name": "registry"}],
    "settings": {"ABS_URL": "http://audiobookshelf.media", "RATE_LIMIT_PER_KEY": 1_000_000, "METADATA_COVERS": False},
    "secretSettings": {"ABS_TOKEN": {"secretName": "audiobookshelf", "key": "token"}},
    "extraEnv": [{"name": "OTEL_TRACES_SAMPLER", "value": "always_off"}],
    "metricsKey": {"secretName": "metrics", "key": "token"},
    "notificationTemplates": "gapless-templates",
    "services": {
        "downloader": {"replicas": 2, "nodeSelector": {"disk": "large"}},
        "mam-search": {"seccompProfile": {"type": "Localhost", "localhostProfile": "chromium-seccomp.json"}},
        "gateway": {
            "replicas": 3,
            "podAnnotations": {"example.net/owner": "library"},
            "tolerations": [{"key": "example.net/small", "operator": "Exists"}],
            "topologySpreadConstraints": [
                {"maxSkew": 1, "topologyKey": "kubernetes.io/hostname", "whenUnsatisfiable": "ScheduleAnyway"}
            ],
        },
    },
    "media": {"accessMode": "ReadWriteMany", "storageClass": "nfs", "subPath": "books"},
    "backups": {"existingClaim": "backups", "accessMode": "ReadWriteMany", "subPath": "gapless"},
    "guides": {"existingClaim": "guides", "accessMode": "ReadWriteMany", "subPath": "mam"},
    "ingress": {"enabled": True, "className": "nginx", "host": "books.example.net", "tlsSecretName": "books"},
    "httpRoute": {"enabled": True, "parentRefs": [{"name": "public"}], "hostnames": ["books.example.net"]},
    "networkPolicies": {"extraEgress": [{"ports": [{"port": 4318, "protocol": "TCP"}]}]},
    "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
    "prometheusRule": {"enabled": True, "labels": {"release": "prometheus"}},
    "dashboards": {"enabled": True},
}
Objects = list[dict[str, Any]]
Render = Callable[..., Objects]


@cache
def _chart() -> Any:
    # Imported only here: `make test` installs it, and other targets need it only for these tests.
    from helm_python.chart import Chart

    return Chart.load(CHART)


@pytest.fixture(scope="session")
def chart() -> Any:
    """The loaded chart."""
    return _chart()


@pytest.fixture(scope="session")
def render() -> Render:
    """Renders the chart as the release `gapless`. Returns the objects, without the notes."""

    def rendered(values: Mapping[str, Any] | None = None, **options: Any) -> Objects:
        return _rendered(json.dumps(values or {}), json.dumps(options))

    return rendered


@cache
def _rendered(values_text: str, options_text: str) -> Objects:
    values, options = json.loads(values_text), json.loads(options_text)
    _chart().validate_schema(values)
    texts = _chart().render(values, name="gapless", namespace="media", **options)
    manifests = [text for path, text in texts.items() if not path.endswith(".txt")]
    return [each for text in manifests for each in yaml.safe_load_all(text) if each]
