"""The tests of settings before they are stored."""

import asyncio
from collections.abc import Mapping

from shared.chassis.service import Service, SettingTest
from shared.chassis.setting_facts import failed, not_tested, passed
from shared.contracts.gateway.notifications import NotificationTestResult, Outcome
from shared.contracts.settings import SettingFact
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from gateway.notifications.target_test import send_test
from gateway.notifications.targets import targets
from gateway.settings import GatewaySettings, NotificationSettings
from gateway.sign_in.openid.setting_test import openid_facts
from gateway.sign_in.openid.settings import OpenIDSettings


async def notification_facts(settings: GatewaySettings, _service: Service) -> list[SettingFact]:
    """Whether a test message arrives at each target."""
    urls = settings.notify_urls.get_secret_value() if settings.notify_urls else ""
    found = targets(urls, settings.secret_keys())
    if not found:
        return [
            not_tested(
                "delivered", "test message delivered", translatable("fact.no_target", "NOTIFY_URLS has no target")
            )
        ]
    return [_fact(each) for each in await asyncio.gather(*(send_test(target) for target in found))]


def _fact(result: NotificationTestResult) -> SettingFact:
    name = f"{result.target}: test message delivered"
    words = with_code(result.words, result.translatable.get("words"))
    if result.outcome is Outcome.SENT:
        return passed("delivered", name, words)
    to_do = f"Correct the address of {result.service} in NOTIFY_URLS."
    return failed("delivered", name, words, translatable("fact.correct_target", to_do, service=result.service))


SETTING_TESTS: Mapping[str, SettingTest] = {
    NotificationSettings.group.name: notification_facts,
    OpenIDSettings.group.name: openid_facts,
}
"""By the name of the group."""
