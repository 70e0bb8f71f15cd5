"""The test of the OpenID Connect settings before they are stored."""

import secrets
from typing import TYPE_CHECKING

from shared.chassis.errors import RemoteError
from shared.chassis.service import Service
from shared.chassis.setting_facts import connection_facts, failed, not_tested, passed
from shared.contracts.settings import SettingFact

from gateway.sign_in.openid.access import Access, shown
from gateway.sign_in.openid.provider import CLIENT_ERRORS, OpenIDProvider, TokenRefused
from gateway.sign_in.openid.settings import CALLBACK
from gateway.sign_in.openid.sign_in import provider_of

if TYPE_CHECKING:
    from gateway.settings import GatewaySettings

ADVICE = "Correct OIDC_ISSUER: it is the address before /.well-known/openid-configuration, as the provider writes it."
CREDENTIALS = "credentials accepted"


async def openid_facts(settings: "GatewaySettings", _service: Service) -> list[SettingFact]:
    """Whether the provider is reachable, publishes keys and accepts the client, and whether anybody may sign in."""
    access = _access_fact(Access.of(settings))
    provider = provider_of(settings)
    if provider is None:
        return [not_tested("reachable", "address reachable", "OIDC_ISSUER is not set, so nobody can sign in there")]
    address = settings.oidc_redirect_url or f"https://YOUR-ADDRESS{settings.base_path}{CALLBACK}"
    redirect = not_tested(
        "redirect", "redirect address registered", f"register {address} at the provider; only signing in tests it"
    )
    try:
        await provider.discovery()
        keys = await provider.keys()
    except RemoteError as error:
        return [*connection_facts(error, ADVICE, has_credentials=False), access]
    signing = (
        passed("keys", "keys published", f"{len(keys)}")
        if keys
        else failed("keys", "keys published", "the provider publishes no key", "Give it a key to sign with, as RS256.")
    )
    return [*connection_facts(None, "", has_credentials=False), signing, await _client(provider), access, redirect]


async def _client(provider: OpenIDProvider) -> SettingFact:
    """Whether the provider knows the client: it must refuse a code that it never gave, and not the client."""
    try:
        await provider.tokens("test", secrets.token_urlsafe(48), "https://test.invalid" + CALLBACK)
    except TokenRefused as refusal:
        words = f"the token endpoint answered with the error {shown(refusal.code)!r}"
        if refusal.code in CLIENT_ERRORS:
            return failed("credentials", CREDENTIALS, words, "Correct OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
        if refusal.code == "invalid_grant":
            return passed("credentials", CREDENTIALS)
        return not_tested("credentials", CREDENTIALS, words)
    except RemoteError as error:
        return not_tested("credentials", CREDENTIALS, error.detail)
    return not_tested("credentials", CREDENTIALS, "the provider accepted a code that it never gave")


def _access_fact(access: Access) -> SettingFact:
    name = "somebody may sign in"
    if not access.is_open_to_somebody:
        words = "neither OIDC_ALLOWED_USERS nor OIDC_ALLOWED_GROUPS is set, so nobody may sign in"
        return failed("allowed", name, words, "Name the people or the groups that may sign in.")
    return passed("allowed", name, f"{len(access.users)} people and {len(access.groups)} groups are named")
