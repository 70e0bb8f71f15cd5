"""Every setting of every service can be described, and stored where it may be."""

import pytest
from provisioning.services import PARTS, Part
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_descriptions import describe_settings, groups_of
from shared.chassis.settings import ServiceSettings
from shared.contracts.settings import Setting, SettingType

EACH = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
LOCKED = {*ServiceSettings.model_fields, *SealingSettings.model_fields}


def settings_of(part: Part) -> list[Setting]:
    return describe_settings(part.settings, environment={}, stored={})


@EACH
def test_each_setting_has_words_a_group_and_no_value_if_it_is_secret(part: Part) -> None:
    described = settings_of(part)
    groups = {each.name for each in groups_of(part.settings, [])}
    assert [each.name for each in described if not each.description or each.group not in groups] == []
    assert [each.name for each in described if each.type is SettingType.SECRET and (each.value or each.default)] == []
    assert [each.name for each in described if (each.type is SettingType.CHOICE) is not bool(each.choices)] == []


@EACH
def test_what_a_service_needs_before_it_reads_stored_settings_can_only_be_in_the_environment(part: Part) -> None:
    described = {each.name.lower(): each for each in settings_of(part)}
    assert [name for name in LOCKED & set(described) if described[name].changeable] == []
    of_installation = {name for name, each in described.items() if each.group == "installation"}
    assert of_installation <= LOCKED, "a class of settings without a group of its own inherits this one"


@EACH
def test_a_service_with_secrets_that_can_be_stored_encrypts_them(part: Part) -> None:
    secrets = [each.name for each in settings_of(part) if each.type is SettingType.SECRET and each.changeable]
    assert not secrets or issubclass(part.settings, SealingSettings)


@EACH
def test_each_test_of_settings_belongs_to_a_group(part: Part) -> None:
    assert set(part.spec.setting_tests) <= {each.name for each in groups_of(part.settings, [])}
