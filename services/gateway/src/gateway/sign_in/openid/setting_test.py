"""The test of the OpenID Connect settings before they are stored."""

import secrets
from typing import TYPE_CHECKING

from shared.chassis.errors import RemoteError
from shared.chassis.service import Service
from shared.chassis.setting_facts import connection_facts, failed, not_tested, passed
from shared.contracts.settings import SettingFact
from shared.translatable import translatable

from gateway.sign_in.openid.access import Access, shown
from gateway.sign_in.openid.provider import CLIENT_ERRORS, OpenIDProvider, TokenRefused
from gateway.sign_in.openid.settings import CALLBACK
from gateway.sign_in.openid.sign_in import provider_of

if TYPE_CHECKING:
    from gateway.settings import GatewaySettings

ADVICE = translatable(
    "advice.openid",
    "Correct OIDC_ISSUER: it is the address before /.well-known/openid-configuration, as the provider writes it.",
)
_NO_ISSUER = translatable("fact.no_issuer", "OIDC_ISSUER is not set, so nobody can sign in there")
_NO_KEY = translatable("fact.no_signing_key", "the provider publishes no key")
_GIVE_KEY = translatable("fact.give_signing_key", "Give it a key to sign with, as RS256.")
_CORRECT_CLIENT = translatable("fact.correct_openid_client", "Correct OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
_ACCEPTS_ANY_CODE = translatable("fact.accepts_any_code", "the provider accepted a code that it never gave")
_NOBODY = translatable(
    "fact.nobody_allowed", "neither OIDC_ALLOWED_USERS nor OIDC_ALLOWED_GROUPS is set, so nobody may sign in"
)
_NAME_PEOPLE = translatable("fact.name_people", "Name the people or the groups that may sign in.")
CREDENTIALS = "credentials accepted"


async def openid_facts(settings: "GatewaySettings", _service: Service) -> list[SettingFact]:
    """Whether the provider is reachable, publishes keys and accepts the client, and whether anybody may sign in."""
    access = _access_fact(Access.of(settings))
    provider = provider_of(settings)
    if provider is None:
        return [not_tested("reachable", "address reachable", _NO_ISSUER)]
    address = settings.oidc_redirect_url or f"https://YOUR-ADDRESS{settings.base_path}{CALLBACK}"
    words = f"register {address} at the provider; only signing in tests it"
    register = translatable("fact.register_redirect", words, address=address)
    redirect = not_tested("redirect", "redirect address registered", register)
    try:
        await provider.discovery()
        keys = await provider.keys()
    except RemoteError as error:
        return [*connection_facts(error, ADVICE, has_credentials=False), access]
    signing = (
        passed("keys", "keys published", f"{len(keys)}")
        if keys
        else failed("keys", "keys published", _NO_KEY, _GIVE_KEY)
    )
    return [*connection_facts(None, "", has_credentials=False), signing, await _client(provider), access, redirect]


async def _client(provider: OpenIDProvider) -> SettingFact:
    """Whether the provider knows the client: it must refuse a code that it never gave, and not the client."""
    try:
        await provider.tokens("test", secrets.token_urlsafe(48), "https://test.invalid" + CALLBACK)
    except TokenRefused as refusal:
        code = repr(shown(refusal.code))
        words = translatable("fact.token_error", f"the token endpoint answered with the error {code}", error=code)
        if refusal.code in CLIENT_ERRORS:
            return failed("credentials", CREDENTIALS, words, _CORRECT_CLIENT)
        if refusal.code == "invalid_grant":
            return passed("credentials", CREDENTIALS)
        return not_tested("credentials", CREDENTIALS, words)
    except RemoteError as error:
        return not_tested("credentials", CREDENTIALS, error.detail)
    return not_tested("credentials", CREDENTIALS, _ACCEPTS_ANY_CODE)


def _access_fact(access: Access) -> SettingFact:
    name = "somebody may sign in"
    if not access.is_open_to_somebody:
        return failed("allowed", name, _NOBODY, _NAME_PEOPLE)
    people, groups = len(access.users), len(access.groups)
    words = f"{people} people and {groups} groups are named"
    return passed("allowed", name, translatable("fact.named", words, people=people, groups=groups))
