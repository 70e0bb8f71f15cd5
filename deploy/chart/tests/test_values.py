"""Each value of the chart is described, and a wrong one gives a clear message."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from .conftest import CHART, EVERYTHING_ON, OUTSIDE, Render

SCHEMA = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what it refers to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return {**SCHEMA["$defs"][name], **schema} if name else schema


def undescribed(values: dict[str, Any], schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths of the values without a description."""
    for name, value in values.items():
        here = f"{path}{name}"
        described = resolved(schema.get("properties", {}).get(name, {}))
        if not described.get("description"):
            yield here
        elif isinstance(value, dict) and "properties" in described and "resources" not in here:
            yield from undescribed(value, described, f"{here}.")


def test_each_value_is_described() -> None:
    assert list(undescribed(VALUES, SCHEMA)) == []


def test_each_value_that_the_schema_describes_has_a_default() -> None:
    assert SCHEMA["properties"].keys() - VALUES.keys() == {"global"}
    for name, schema in SCHEMA["properties"].items():
        if name not in ("global", "settings", "secretSettings") and "properties" in schema:
            assert schema["properties"].keys() == VALUES[name].keys(), name


def test_each_setting_is_described() -> None:
    for group in ("settings", "secretSettings"):
        properties = SCHEMA["properties"][group]["properties"]
        assert properties
        assert [name for name, schema in properties.items() if not schema["description"]] == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"profil": "small"}, "additional properties 'profil' not allowed"),
        ({"profile": "large"}, "at '/profile': value must be one of 'small', 'outside'"),
        ({"media": {"accessMode": "Many"}}, "at '/media/accessMode': value must be one of"),
        ({"services": {"gatway": {"replicas": 2}}}, "at '/services': additional properties 'gatway' not allowed"),
        ({"services": {"gateway": {"replicas": "2"}}}, "at '/services/gateway/replicas': got string, want integer"),
        ({"settings": {"MAM_REQUESTS_PER_DAY": "many"}}, "/MAM_REQUESTS_PER_DAY': got string, want integer"),
        ({"settings": {"DOWNLOAD_CLIENT": "wget"}}, "at '/settings/DOWNLOAD_CLIENT': value must be one of"),
        ({"secretSettings": {"ABS_TOKEN": "secret"}}, "at '/secretSettings/ABS_TOKEN': got string, want object"),
        ({"settings": {"ABS_TOKEN": "secret"}}, "settings.ABS_TOKEN is a secret. Put it into a Secret"),
        ({"settings": {"ABS_ADDRESS": "x"}}, "settings.ABS_ADDRESS: no service has this setting"),
        ({"secretSettings": {"ABS_URL": {"secretName": "a", "key": "b"}}}, "ABS_URL: no service has this secret"),
        ({"profile": "outside"}, "the profile outside needs outside.postgres"),
        ({**OUTSIDE, "keys": {"existingPrefix": ""}}, "the profile outside needs keys.existingPrefix"),
        ({"services": {"downloader": {"replicas": 2}}}, "the media volume needs media.accessMode: ReadWriteMany"),
        (
            {"services": {"gateway": {"replicas": 2}}, "backups": {"existingClaim": "backups"}},
            "the volume of backups needs backups.accessMode: ReadWriteMany",
        ),
        ({"httpRoute": {"enabled": True}}, "httpRoute.enabled needs httpRoute.parentRefs"),
    ],
)  # fmt: skip
def test_a_wrong_value_gives_a_clear_message(values: dict[str, Any], words: str, render: Render) -> None:
    from helm_python.errors import HelmError

    with pytest.raises(HelmError) as raised:
        render(values)
    assert words in str(raised.value)


def test_the_values_of_the_tests_are_right(render: Render) -> None:
    assert render(EVERYTHING_ON)
    assert render(OUTSIDE)
