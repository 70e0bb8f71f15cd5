"""The table of the kinds of notifications is complete, and everything that depends on it follows from it."""

from pathlib import Path

import pytest
from gateway.notifications.kinds import BY_EVENT, KINDS, NotificationKind, default_kinds
from gateway.notifications.targets import targets
from gateway.notifications.templates import OURS
from gateway.settings import GatewaySettings
from provisioning.services import PARTS
from shared.chassis.sealing import SecretKeys
from shared.contracts.gateway.notifications import NewsKind

README = Path(__file__).parents[3] / "README.md"


def test_each_kind_has_one_line_and_each_event_leads_to_one_kind() -> None:
    assert [each.kind for each in KINDS] == [*NewsKind]
    assert len(BY_EVENT) == sum(len(each.events) for each in KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_a_kind_has_its_template_its_line_in_the_readme_and_its_name_in_the_settings(kind: NotificationKind) -> None:
    assert (OURS / kind.template).is_file()
    assert f"| `{kind.kind}` | {kind.sent_when} |" in README.read_text(encoding="utf-8")
    assert kind.kind in (GatewaySettings.model_fields["notify_urls"].description or "")


def test_the_gateway_handles_every_event_of_the_table() -> None:
    part = next(part for part in PARTS if part.name == "gateway")
    assert {*BY_EVENT} <= {each.message for each in part.table().handled}


def test_a_target_without_kinds_gets_those_that_are_on_by_default() -> None:
    (target,) = targets("json://example.net/hook", SecretKeys("a key"))
    assert target.kinds == default_kinds() == frozenset(each.kind for each in KINDS if each.on_by_default)
