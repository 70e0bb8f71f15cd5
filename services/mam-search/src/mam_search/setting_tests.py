"""The tests of settings before they are stored."""

from collections.abc import Mapping

from shared.chassis.database import Transaction
from shared.chassis.errors import RemoteError
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter
from shared.chassis.service import Service, SettingTest
from shared.chassis.setting_facts import connection_facts, not_tested, passed
from shared.contracts.mam.sessions import SessionKind
from shared.contracts.settings import SettingFact
from shared.contracts.system import IntegrationState
from shared.translatable import translatable

from mam_search.adapters.language_model.registry import chosen_model
from mam_search.adapters.language_model.settings import LanguageModelSettings
from mam_search.adapters.mam.account_rules import SYSTEM, account_rules
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.postgres.session_store import SessionStore
from mam_search.adapters.postgres.tables import RATE_LIMITS
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.session_remedies import remedy
from mam_search.settings import AccountSettings, MamSearchSettings
from mam_search.workflow.standing_reader import in_words

REQUEST_SECONDS = 20.0
_ADVICE = {
    IntegrationState.AWAY: translatable(
        "advice.tracker_away", "Check MAM_URL and MAM_PROXY, and whether the site is up."
    ),
    IntegrationState.REFUSED: translatable(
        "advice.tracker_refused", "Create a session for Gapless under Preferences, Security, and enter its value."
    ),
    IntegrationState.BLOCKED: translatable(
        "advice.tracker_blocked", "The site sends a challenge. Gapless does not try to get round it: wait some hours."
    ),
    IntegrationState.NONSENSE: translatable(
        "advice.tracker_nonsense", "Check that MAM_URL is the address of MyAnonamouse."
    ),
}
_MODEL_ADVICE = translatable("advice.model", "Check LANGUAGE_MODEL_URL, LANGUAGE_MODEL_KEY and LANGUAGE_MODEL.")
_NO_MODEL = translatable("fact.no_model", "LANGUAGE_MODEL_API is empty: no model is used")


async def tracker_facts(settings: MamSearchSettings, service: Service) -> list[SettingFact]:
    """Whether the site is reachable and accepts the session: one request at the usual pace.

    The site replaces the value of a session with each answer, and the former one stops working. The new value of a
    tested session is stored, so that the service continues with it when the session is stored as a setting.
    """
    transaction, keys, clock = service.database.transactions(Transaction), settings.secret_keys(), service.clock
    sessions = SessionStore(transaction, keys, clock, settings.api_credentials())
    in_use = await sessions.is_in_use()
    if not in_use:
        sessions = SessionStore(transaction, keys, clock, settings.api_credentials(), tested=True)
    limiter = await _rate_limiter(settings, service, sessions.fingerprint)
    proxy = settings.mam_proxy.get_secret_value() if settings.mam_proxy else None
    remote = Remote(SYSTEM, settings.mam_url, timeout_seconds=REQUEST_SECONDS, proxy=proxy)
    service.closing.extend((remote.aclose, limiter.aclose))
    tracker = MyAnonamouse(TrackerRequests(remote, limiter, sessions, clock, tested=not in_use))
    try:
        standing = await tracker.standing(clock.now(), person_waits=True, probe=True)
    except SessionRefused as refused:
        advice = remedy(SessionKind.API, refused.state) or _ADVICE[IntegrationState.REFUSED]
        return connection_facts(refused, advice)
    except RemoteError as failure:
        return connection_facts(failure, _ADVICE)
    return [*connection_facts(None, _ADVICE), passed("account", "account read", in_words(standing))]


async def _rate_limiter(settings: MamSearchSettings, service: Service, fingerprint: str) -> RateLimiter:
    """The rate limiter of the account, with the credentials that are in use: a test does not end their pauses."""

    def with_credentials(fingerprint: str) -> RateLimiter:
        rules = account_rules(fingerprint, settings.mam_rate_limit, requests_per_day=settings.mam_requests_per_day)
        return RateLimiter(service.database, RATE_LIMITS, rules, service.clock)

    limiter = with_credentials(fingerprint)
    account = (await limiter.status()).account
    return limiter if account is None else with_credentials(account.fingerprint)


async def language_model_facts(settings: MamSearchSettings, service: Service) -> list[SettingFact]:
    """Whether the language model answers."""
    chosen = chosen_model(settings)
    if chosen is None:
        return [not_tested("reachable", "address reachable", _NO_MODEL)]
    model, server = chosen
    service.closing.append(server.aclose)
    try:
        words = await model.check()
    except RemoteError as failure:
        return connection_facts(failure, _MODEL_ADVICE)
    return [*connection_facts(None, _MODEL_ADVICE), passed("model", "model answers", words)]


SETTING_TESTS: Mapping[str, SettingTest] = {
    AccountSettings.group.name: tracker_facts,
    LanguageModelSettings.group.name: language_model_facts,
}
"""By the name of the group."""
