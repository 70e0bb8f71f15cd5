"""The check of the integrations includes the language model, if one is configured."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mam_search.adapters.language_model.registry import chosen_model
from mam_search.adapters.language_model.settings import LanguageModelSettings
from mam_search.domain.grab_rule import GrabLimits
from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.handlers.check_integrations import MODEL_CHECKED_EVERY, CheckIntegrationsHandler
from mam_search.workflow.standing_reader import StandingReader
from pydantic import SecretStr
from sandbox.language_model.app import MODEL, LanguageModel
from sandbox.outcomes import Outcome
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState
from shared.testing.clocks import ManualClock

from sandbox import language_model

KEY = "sk-only-for-tests"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def server() -> LanguageModel:
    return language_model.create(KEY)


@pytest.fixture
def account_status(tracker: Any, history: Any, clock: ManualClock) -> AccountStatusHandlers:
    standing_reader = StandingReader(tracker.replica(), history, GrabLimits(), clock)
    return AccountStatusHandlers(standing_reader, tracker.control(clock), "http://mam")


class Checks:
    """Makes handlers with a language model of given settings."""

    def __init__(self, account_status: AccountStatusHandlers, server: LanguageModel, clock: ManualClock) -> None:
        self.closing: list[Any] = []
        self._account_status = account_status
        self._server = server
        self._clock = clock

    def handler(self, api: str = "openai", *, model: str = MODEL, key: str = KEY) -> CheckIntegrationsHandler:
        settings = LanguageModelSettings(
            language_model_api=api,
            language_model_url="http://model/v1",
            language_model_key=SecretStr(key),
            language_model=model,
        )
        chosen = chosen_model(settings, httpx.ASGITransport(self._server))
        assert chosen is not None
        self.closing.append(chosen[1])
        return CheckIntegrationsHandler(self._account_status, chosen[0], self._clock)


@pytest.fixture
async def checks(
    account_status: AccountStatusHandlers, server: LanguageModel, clock: ManualClock
) -> AsyncIterator[Checks]:
    made = Checks(account_status, server, clock)
    yield made
    for each in made.closing:
        await each.aclose()


async def model_of(handler: CheckIntegrationsHandler) -> Integration:
    found = await handler.check(CheckIntegrations())
    (model,) = [each for each in found if each.kind is IntegrationKind.OTHER]
    assert (model.name, model.required, model.address) == ("language model", False, "http://model/v1")
    return model


async def test_without_a_language_model_only_the_site_is_checked(
    account_status: AccountStatusHandlers, clock: ManualClock
) -> None:
    found = await CheckIntegrationsHandler(account_status, None, clock).check(CheckIntegrations())
    assert [each.name for each in found] == ["myanonamouse", "myanonamouse pages"]


@pytest.mark.parametrize("api", ["openai", "anthropic"])
async def test_a_language_model_is_checked_without_a_message_to_it(
    checks: Checks, server: LanguageModel, api: str
) -> None:
    model = await model_of(checks.handler(api))
    assert (model.state, model.detail) == (IntegrationState.OK, MODEL)
    assert server.received == []


async def test_a_model_that_the_server_does_not_list_is_named(checks: Checks) -> None:
    model = await model_of(checks.handler(model="another"))
    assert model.state is IntegrationState.OK
    assert "does not list the model 'another'" in model.detail


async def test_a_wrong_key_is_reported_without_the_key(checks: Checks) -> None:
    model = await model_of(checks.handler(key="sk-wrong"))
    assert model.state is IntegrationState.REFUSED
    assert "sk-wrong" not in model.model_dump_json()


async def test_a_success_is_checked_again_after_ten_minutes_and_a_failure_at_once(
    checks: Checks, server: LanguageModel, clock: ManualClock
) -> None:
    handler = checks.handler()
    assert (await model_of(handler)).state is IntegrationState.OK
    server.outcomes.switch_on(Outcome(kind="broken", times=1))
    assert (await model_of(handler)).state is IntegrationState.OK
    clock.at += MODEL_CHECKED_EVERY
    assert (await model_of(handler)).state is IntegrationState.AWAY
    assert (await model_of(handler)).state is IntegrationState.OK
