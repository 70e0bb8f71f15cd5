"""Tests values of settings before they are stored, with the tests that the service has for the group."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shared.chassis.errors import RemoteError
from shared.chassis.live_settings import LiveSettings, WrongSettings
from shared.chassis.logging import logger
from shared.chassis.setting_groups import group_of
from shared.chassis.settings import ServiceSettings, SettingsProblem
from shared.contracts.problem import SettingFault
from shared.contracts.settings import FactState, SettingFact, SettingsTest, SettingsToTest
from shared.translatable import translatable

if TYPE_CHECKING:
    from shared.chassis.service import Service, SettingTest

TEST_SECONDS = 25.0
"""The longest time of one test, shorter than the time-out of its request."""


async def check_group(live: LiveSettings[Any], service: "Service", asked: SettingsToTest) -> SettingsTest:
    """Test the values of one group, with the present ones where none is given. Nothing is stored.

    Raises `WrongSettings` for a group without a test, and for names that cannot be changed.
    """
    test = service.spec.setting_tests.get(asked.group)
    if test is None:
        raise WrongSettings([SettingFault.of("", f"{service.spec.name} has no test of {asked.group!r}")])
    stored = await live.store.load(service.database.engine)
    given = {**stored.values, **live.accepted(asked.values)}
    values = {name: value for name, value in given.items() if value is not None}
    settings, facts = _settings_to_test(live, asked.group, values)
    if settings is not None:
        facts = await _run(test, settings, replace(service, closing=[]))
    states = {fact.state for fact in facts}
    passed = FactState.PASSED in states and FactState.FAILED not in states
    return SettingsTest(group=asked.group, passed=passed, facts=facts)


def _settings_to_test(
    live: LiveSettings[Any], group: str, values: Mapping[str, Any]
) -> tuple[ServiceSettings | None, list[SettingFact]]:
    """The settings to test. What is missing or wrong in other groups is replaced; in this group it is a fact."""
    example, replaced = live.kind.example(), live.kind.in_use(group)
    faults: list[SettingFault] = []
    for _ in range(2):  # rules about several settings are checked only if each of them is valid
        try:
            return live.kind.checked({**values, **live.environment, **replaced}), []
        except SettingsProblem as problem:
            faults = problem.faults
        if own := [each for each in faults if _group_name(live.kind, each.setting) in (group, "")]:
            return None, [_fact_of(each) for each in own]
        replaced |= {name: getattr(example, name) for each in faults if (name := each.setting.lower())}
    return None, [_fact_of(each) for each in faults]


async def _run(test: "SettingTest", settings: ServiceSettings, service: "Service") -> list[SettingFact]:
    try:
        async with asyncio.timeout(TEST_SECONDS):
            return [_without_secrets(fact, settings) for fact in await test(settings, service)]
    except TimeoutError:
        words = translatable("fact.no_result", f"no result within {TEST_SECONDS:g} s", seconds=TEST_SECONDS)
        to_do = translatable("fact.try_again", "Check whether the system answers, and try again.")
    except (RemoteError, OSError) as error:
        words, to_do = error.words if isinstance(error, RemoteError) else str(error), ""
    except Exception as error:  # noqa: BLE001 - any failure is a result of the test
        logger(service=service.spec.name).error("setting_test_failed", error=type(error).__name__, exc_info=error)
        words = translatable("fact.unexpected", "the test failed because of an unexpected error")
        to_do = translatable("fact.see_log", f"See the log of {service.spec.name}.", service=service.spec.name)
    finally:
        for close in service.closing:
            await close()
    return [_without_secrets(SettingFact.of("test", "test", FactState.FAILED, words, to_do), settings)]


def _group_name(kind: type[ServiceSettings], setting: str) -> str:
    return group_of(kind, setting.lower()).name if setting.lower() in kind.model_fields else ""


def _fact_of(fault: SettingFault) -> SettingFact:
    return SettingFact(
        code=f"valid:{fault.setting}",
        name=f"{fault.setting} is valid" if fault.setting else "the settings are valid",
        state=FactState.FAILED,
        words=fault.words,
        to_do=fault.to_do,
        translatable=fault.translatable,
    )


def _without_secrets(fact: SettingFact, settings: ServiceSettings) -> SettingFact:
    """The fact without the values of secrets, which an outside system may send back."""
    words, to_do = settings.without_secrets(fact.words), settings.without_secrets(fact.to_do)
    parts = {name: each.changed(settings.without_secrets) for name, each in fact.translatable.items()}
    return fact.model_copy(update={"words": words, "to_do": to_do, "translatable": parts})
