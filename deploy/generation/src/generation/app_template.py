"""Writes values of the chart `app-template` (bjw-s), release 4, for people who run all of their programs with it.

Its values are described at https://bjw-s-labs.github.io/helm-charts/docs/app-template/
"""

from collections.abc import Mapping
from typing import Any

import yaml

HEAD = """# `make messages` generates this file. Do not edit it.

# Values of the chart app-template (bjw-s), release 4, with Postgres and NATS of yours.
# helm install gapless oci://ghcr.io/bjw-s-labs/helm/app-template -f values-app-template.yaml -f my-values.yaml
# Make the Secrets first, as README.md says for the profile outside. In my-values.yaml, set the images,
# the addresses of `prepare`, and the names of the claim `media` and of the Secret of a superuser of Postgres.
# The chart of this folder also has network policies, checks of values, and monitoring.
"""
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - inside the pod, where probes come from


def app_template_values(services: Mapping[str, Any]) -> str:
    """The values, from the table of services."""
    controllers = {name: _controller(name, service) for name, service in services.items()}
    values = {
        "defaultPodOptions": {
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "shareProcessNamespace": True,
            "terminationGracePeriodSeconds": 40,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 1000,
                "runAsGroup": 1000,
                "fsGroup": 1000,
                "fsGroupChangePolicy": "OnRootMismatch",
                "seccompProfile": {"type": "RuntimeDefault"},
            },
        },
        "controllers": {**controllers, "prepare": _prepare()},
        "service": {
            name: {"controller": name, "ports": {"http": {"port": service["port"]}}}
            for name, service in services.items()
        },
        "persistence": _persistence(services),
    }
    text: str = yaml.safe_dump(values, sort_keys=False, width=118)
    return HEAD + text


def _controller(name: str, service: Mapping[str, Any]) -> dict[str, Any]:
    environment = {"HEALTH_HOST": EVERY_ADDRESS, "HEALTH_PORT": str(service["port"])}
    environment |= {variable: f"/keys/{key}" for variable, key in service["keys"].items()}
    return {
        "type": "deployment",
        "replicas": 1,
        "strategy": "Recreate" if service["media"] else "RollingUpdate",
        "containers": {
            name: {
                "image": _image("gapless-mam-search" if service["browser"] else "gapless"),
                "command": service["command"],
                "env": environment,
                "probes": {
                    "startup": _probe("/ping", service["port"], periodSeconds=2, failureThreshold=150),
                    "liveness": _probe("/ping", service["port"], periodSeconds=20, failureThreshold=6),
                    "readiness": _probe("/health", service["port"], periodSeconds=10, failureThreshold=3),
                },
                "resources": {"requests": {"cpu": "50m", "memory": "192Mi"}, "limits": {"memory": "1Gi"}},
                "securityContext": _hardened(),
            }
        },
    }


def _prepare() -> dict[str, Any]:
    return {
        "type": "job",
        "annotations": {
            "helm.sh/hook": "pre-install,pre-upgrade",
            "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
        },
        "job": {"backoffLimit": 20},
        "pod": {"restartPolicy": "OnFailure"},
        "containers": {
            "prepare": {
                "image": _image("gapless"),
                "command": ["python", "-m", "provisioning.kubernetes", "prepare"],
                "env": {"POSTGRES_ADDRESS": "books-rw:5432", "NATS_ADDRESS": "nats:4222", "NATS_REPLICAS": "3"},
                "resources": {"requests": {"cpu": "50m", "memory": "192Mi"}, "limits": {"memory": "512Mi"}},
                "securityContext": _hardened(),
            }
        },
    }


def _persistence(services: Mapping[str, Any]) -> dict[str, Any]:
    media = [name for name, service in services.items() if service["media"]]
    keys = {f"keys-{name}": _secret(f"gapless-keys-{name}", name, "/keys") for name in services}
    return {
        "tmp": {"type": "emptyDir", "globalMounts": [{"path": "/tmp"}]},  # noqa: S108 - a volume of the pod
        **keys,
        "keys-setup": _secret("gapless-keys-setup", "prepare", "/keys"),
        "admin": _secret("books-superuser", "prepare", "/admin"),
        "media": {
            "type": "persistentVolumeClaim",
            "existingClaim": "media",
            "advancedMounts": {name: {name: [{"path": "/media"}]} for name in media},
        },
    }  # fmt: skip


def _secret(secret: str, controller: str, path: str) -> dict[str, Any]:
    mounts = {controller: {controller: [{"path": path, "readOnly": True}]}}
    return {"type": "secret", "name": secret, "defaultMode": 0o440, "advancedMounts": mounts}


def _image(repository: str) -> dict[str, str]:
    return {"repository": repository, "tag": "0.1.0"}


def _probe(path: str, port: int, **times: int) -> dict[str, Any]:
    spec = {"httpGet": {"path": path, "port": port}, "timeoutSeconds": 5, **times}
    return {"enabled": True, "custom": True, "spec": spec}


def _hardened() -> dict[str, Any]:
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
