"""The alert rules for Prometheus fire when they should. They and the dashboards name metrics that exist."""

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from generation.grafana import dashboards
from provisioning.services import PARTS
from shared.chassis.counters import COUNTERS_OF_CHASSIS, Histogram
from shared.chassis.metrics import gauges_of_chassis
from shared.chassis.service import Service

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/observability"
ALERTS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]


@pytest.mark.needs("prometheus")
def test_each_alert_fires_when_it_should_and_not_before() -> None:
    done = subprocess.run(
        ["promtool", "test", "rules", "alerts.test.yml"],
        cwd=FOLDER, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("alert", [each["alert"] for each in ALERTS])
def test_each_alert_is_tested(alert: str) -> None:
    tests = yaml.safe_load((FOLDER / "alerts.test.yml").read_text())["tests"]
    cases = [case for test in tests for case in test["alert_rule_test"] if case["alertname"] == alert]
    assert {bool(case["exp_alerts"]) for case in cases} == {True, False}


@pytest.mark.parametrize("rule", ALERTS, ids=[each["alert"] for each in ALERTS])
def test_each_alert_names_metrics_that_exist(rule: dict[str, Any]) -> None:
    named = set(re.findall(r"gapless_\w+", rule["expr"]))
    assert named <= metrics()


@pytest.mark.parametrize("rule", ALERTS, ids=[each["alert"] for each in ALERTS])
def test_each_alert_has_a_runbook(rule: dict[str, Any]) -> None:
    path, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^## (.+)$", (ROOT / path).read_text(), re.MULTILINE)
    assert anchor in [heading.lower() for heading in headings]


@pytest.mark.parametrize("name", dashboards())
def test_each_panel_of_grafana_shows_metrics_that_exist(name: str) -> None:
    expressions = [target["expr"] for panel in dashboards()[name]["panels"] for target in panel["targets"]]
    assert {each for text in expressions for each in re.findall(r"gapless_\w+", text)} <= metrics()


@cache
def metrics() -> frozenset[str]:
    """The names of the metrics of all services."""
    names = set()
    for part in PARTS:
        settings = part.settings.example()
        service = Service.of(part.spec, settings)
        part.build(settings, service)
        gauges, counters = (*gauges_of_chassis(part.spec.tables), *service.gauges), part.spec.counters
        names |= {each.name for each in (*gauges, *counters, *COUNTERS_OF_CHASSIS)}
        for each in (*counters, *COUNTERS_OF_CHASSIS):
            if isinstance(each, Histogram):
                names |= {f"{each.name}_{suffix}" for suffix in ("bucket", "sum", "count")}
    return frozenset({*names, "gapless_gauges_readable"})


def test_every_counter_is_shown_by_a_dashboard() -> None:
    expressions = " ".join(
        target["expr"] for each in dashboards().values() for panel in each["panels"] for target in panel["targets"]
    )
    counters = [*COUNTERS_OF_CHASSIS, *(each for part in PARTS for each in part.spec.counters)]
    assert [each.name for each in counters if each.name not in expressions] == []
