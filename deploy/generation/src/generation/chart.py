"""Writes the generated files of the Helm chart: from the settings, the permissions, the compose file and the alerts.

Helm reads no file outside of a chart, so the alert rules and the dashboards are copied into it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from provisioning.nats_config import NatsUser, render_config
from provisioning.services import PARTS, Part, permissions_by_user
from shared.chassis.message_size import MAX_PAYLOAD_BYTES
from shared.chassis.setting_descriptions import describe_settings
from shared.contracts.settings import Setting, SettingType

from generation.app_template import app_template_values

GIVEN_BY_CHART = {
    "database_url", "nats_url", "secret_key", "api_key", "backup_database_url",
    "health_host", "health_port", "log_level", "log_format", "metrics_key",
}  # fmt: skip
"""Settings for which the chart has values of its own."""
PASSWORD = "PASSWORD_OF_"  # noqa: S105 - a mark in a text that contains no password
HEAD = "# `make messages` generates this file. Do not edit it.\n"
NATS_CHART_HEAD = """
# Values of the NATS chart (https://github.com/nats-io/k8s, release 2) for Gapless with the profile `outside`.
# helm install nats nats/nats -f values-nats.yaml
# The Secret is the one that `python -m provisioning.kubernetes secrets` prints first, with its default name.
"""


def service_table(compose: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates need to know of each service, by its name. `compose` is the content of docker-compose.yml."""
    return {part.name: _service(part, compose) for part in sorted(PARTS, key=lambda part: part.name)}


def _service(part: Part, compose: Mapping[str, Any]) -> dict[str, Any]:
    container = compose["services"][part.name]
    environment = container["environment"]
    files = {name: str(path) for name, path in environment.items() if str(path).startswith("/keys/")}
    settings = settings_of(part)
    return {
        "command": container["command"],
        "port": int(environment.get("HEALTH_PORT", part.settings.model_fields["health_port"].default)),
        "browser": container["image"] != compose["x-service"]["image"],
        "outside": "outside" in container["networks"],
        "media": any(str(volume).endswith(":/media") for volume in container["volumes"]),
        "role": part.role,
        "keys": {name: path.removeprefix("/keys/") for name, path in sorted(files.items())},
        "settings": sorted(each.name for each in settings if each.type is not SettingType.SECRET),
        "secretSettings": sorted(each.name for each in settings if each.type is SettingType.SECRET),
    }


def settings_of(part: Part) -> list[Setting]:
    """The settings of a service that a person sets."""
    described = describe_settings(part.settings, environment={}, stored={})
    return [each for each in described if each.name.lower() not in GIVEN_BY_CHART]


def nats_config() -> str:
    """The configuration of NATS with the permissions of each service. Passwords are variables of the environment."""
    users = [
        NatsUser(name, f"{PASSWORD}{_variable(name)}", may.publish, may.subscribe, allow_responses=True)
        for name, may in permissions_by_user().items()
    ]
    text = render_config(users, listen="0.0.0.0:4222", store_dir="/data", monitor="0.0.0.0:8222")
    for name in permissions_by_user():
        text = text.replace(f'"{PASSWORD}{_variable(name)}"', f"$NATS_PASSWORD_{_variable(name)}")
    return HEAD + text


def _variable(user: str) -> str:
    return user.upper().replace("-", "_")


def nats_chart_values() -> str:
    """Values of the NATS chart: three servers, with the users and permissions of Gapless.

    The chart replaces `<< >>` by its content without quotes, so that NATS reads a variable of its environment.
    """
    users = [
        {
            "user": name,
            "password": f"<< $NATS_PASSWORD_{_variable(name)} >>",
            "permissions": {
                "publish": {"allow": may.publish} if may.publish else {"deny": [">"]},
                "subscribe": {"allow": may.subscribe} if may.subscribe else {"deny": [">"]},
                "allow_responses": True,
            },
        }
        for name, may in permissions_by_user().items()
    ]
    passwords = {
        f"NATS_PASSWORD_{_variable(name)}": {
            "valueFrom": {"secretKeyRef": {"name": "gapless-keys-setup", "key": f"nats-{name}"}}
        }
        for name in permissions_by_user()
    }
    values = {
        "config": {
            "cluster": {"enabled": True, "replicas": 3},
            "jetstream": {"enabled": True, "fileStore": {"enabled": True, "pvc": {"enabled": True, "size": "10Gi"}}},
            "merge": {"max_payload": MAX_PAYLOAD_BYTES, "authorization": {"users": users}},
        },
        "container": {"env": passwords},
        "podTemplate": {"topologySpreadConstraints": {
            "kubernetes.io/hostname": {"maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule"}
        }},
    }  # fmt: skip
    text: str = yaml.safe_dump(values, sort_keys=False, width=118)
    return HEAD + NATS_CHART_HEAD + text


def values_schema(text: str) -> str:
    """`values.schema.json` with the known settings renewed."""
    schema = json.loads(text)
    described = {each.name: each for part in PARTS for each in settings_of(part)}
    known = {name: _described(each) for name, each in described.items() if each.type is not SettingType.SECRET}
    secrets = {
        name: {"$ref": "#/$defs/secretKey", "description": each.description}
        for name, each in described.items()
        if each.type is SettingType.SECRET
    }
    schema["properties"]["settings"]["properties"] = dict(sorted(known.items()))
    schema["properties"]["secretSettings"]["properties"] = dict(sorted(secrets.items()))
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _described(setting: Setting) -> dict[str, Any]:
    """The schema of one setting. Its service checks the rest when it starts."""
    described: dict[str, Any] = {"description": setting.description, "type": "string"}
    if setting.type is SettingType.BOOLEAN:
        described["type"] = "boolean"
    elif setting.type is SettingType.NUMBER:
        described["type"] = "integer" if setting.integer else "number"
        if setting.minimum is not None:
            described["exclusiveMinimum" if setting.exclusive_minimum else "minimum"] = setting.minimum
        if setting.maximum is not None:
            described["maximum"] = setting.maximum
    elif setting.choices:
        described["enum"] = setting.choices
    return described


def chart_texts(chart: Path, compose: Path, observability: Path, dashboards: Mapping[str, str]) -> dict[Path, str]:
    """The path and the content of every generated file of the chart. `dashboards` are texts by file name."""
    schema, files = chart / "values.schema.json", chart / "files"
    table = service_table(yaml.safe_load(compose.read_text(encoding="utf-8")))
    return {
        schema: values_schema(schema.read_text(encoding="utf-8")),
        chart / "values-nats.yaml": nats_chart_values(),
        chart / "values-app-template.yaml": app_template_values(table),
        files / "services.json": json.dumps(table, indent=1) + "\n",
        files / "nats.conf": nats_config(),
        files / "alerts.yml": (observability / "alerts.yml").read_text(encoding="utf-8"),
        **{files / "dashboards" / name: text for name, text in dashboards.items()},
    }
