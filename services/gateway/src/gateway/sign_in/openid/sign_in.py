"""Sends a browser to the provider, and signs the person in who comes back."""

import asyncio
import hmac
from collections import ChainMap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.gateway.sessions import OpenIDFault

from gateway.sign_in.openid.access import Access, person_in, shown
from gateway.sign_in.openid.attempt import Attempt, Attempts
from gateway.sign_in.openid.failure import SignInFailed
from gateway.sign_in.openid.id_token import Expected, UnknownKey, verified_claims
from gateway.sign_in.openid.provider import CLIENT_ERRORS, OpenIDProvider, TokenRefused
from gateway.sign_in.openid.settings import OpenIDSettings

if TYPE_CHECKING:
    from shared.chassis.sealing import SecretKeys

FINISH_SECONDS = 45.0
"""The longest time for all requests of one sign-in, shorter than the time-out of a call."""
SCOPES = ("openid", "profile", "email")
GROUPS_SCOPE = "groups"
"""Requested if groups matter and the provider has this scope: Authelia sends groups only with it."""


@dataclass(frozen=True)
class Returned:
    """The parameters with which the provider sent the browser back (RFC 6749, section 4.1.2; RFC 9207)."""

    state: str | None
    code: str | None
    error: str | None
    issuer: str | None


class OpenIDSignIn:
    """Signing in at one provider. Its methods raise `SignInFailed`."""

    def __init__(self, name: str, provider: OpenIDProvider, access: Access, attempts: Attempts, clock: Clock) -> None:
        self.name = name
        self._provider = provider
        self._access = access
        self._attempts = attempts
        self._clock = clock

    async def start(self, redirect_url: str, return_to: str) -> tuple[str, str]:
        """Return the address at the provider to which the browser must go, and the value of the attempt's cookie."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # noqa: PLC0415 - needed only for signing in
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415

        if not self._access.is_open_to_somebody:
            raise SignInFailed(OpenIDFault.NOBODY_ALLOWED, "neither OIDC_ALLOWED_USERS nor OIDC_ALLOWED_GROUPS is set")
        async with _answering():
            found = await self._provider.discovery()
        wants_groups = self._access.groups and GROUPS_SCOPE in found.scopes_supported
        attempt = self._attempts.start(redirect_url, return_to)
        address = prepare_grant_uri(
            found.authorization_endpoint,
            self._provider.client_id,
            "code",
            redirect_uri=redirect_url,
            scope=[*SCOPES, *([GROUPS_SCOPE] if wants_groups else [])],
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return str(address), self._attempts.sealed(attempt)

    async def finish(self, cookie: str | None, returned: Returned) -> tuple[str, str]:
        """Return the name of the person who may sign in, and the page to which the person wanted to go."""
        attempt = self._attempts.opened(cookie) if cookie else None
        if attempt is None or not hmac.compare_digest(attempt.state.encode(), _bytes(returned.state)):
            raise SignInFailed(OpenIDFault.ATTEMPT_EXPIRED, "the state does not belong to a recent attempt here")
        if returned.error is not None:
            declined = returned.error == "access_denied"
            fault = OpenIDFault.DECLINED if declined else OpenIDFault.PROVIDER_REFUSED
            raise SignInFailed(fault, f"the provider answered with the error {shown(returned.error)!r}")
        async with _answering():
            sources = await self._sources(attempt, returned)
        self._access.check(sources)
        return person_in(ChainMap(*sources)), attempt.return_to

    async def _sources(self, attempt: Attempt, returned: Returned) -> list[dict[str, Any]]:
        """The claims in the ID token, and if it lacks some, those of the user information.

        Raises `RemoteError` and `SignInFailed`.
        """
        found = await self._provider.discovery()
        names_issuer = returned.issuer is not None or found.authorization_response_iss_parameter_supported
        if names_issuer and returned.issuer != found.issuer:
            raise SignInFailed(OpenIDFault.TOKEN_INVALID, "the answer is from another provider (parameter iss)")
        if not returned.code:
            raise SignInFailed(OpenIDFault.PROVIDER_WRONG, "the provider sent neither a code nor an error")
        try:
            tokens = await self._provider.tokens(returned.code, attempt.verifier, attempt.redirect_url)
        except TokenRefused as refusal:
            raise _refused(refusal) from refusal
        now = int(self._clock.now().timestamp())
        expected = Expected(found.issuer, self._provider.client_id, attempt.nonce, tokens.access_token, now)
        claims = await self._verified(tokens.id_token, expected)
        if not tokens.access_token or self._access.needed_claims() <= claims.keys():
            return [claims]
        return [claims, await self._provider.user_info(tokens.access_token, claims["sub"])]

    async def _verified(self, token: str, expected: Expected) -> dict[str, Any]:
        """Verify the token, with fresh keys if it names an unknown one."""
        for fresh in (False, True):
            keys = await self._provider.keys(fresh=fresh)
            try:
                return await asyncio.to_thread(verified_claims, token, keys, expected)
            except UnknownKey:
                continue
        raise SignInFailed(OpenIDFault.TOKEN_INVALID, "the provider does not publish the key of its ID token")


def openid_sign_in(settings: OpenIDSettings, keys: "SecretKeys", clock: Clock) -> OpenIDSignIn | None:
    """Signing in at the provider in the settings; None without one."""
    provider = provider_of(settings)
    if provider is None:
        return None
    return OpenIDSignIn(settings.oidc_name, provider, Access.of(settings), Attempts(keys, clock), clock)


def provider_of(settings: OpenIDSettings) -> OpenIDProvider | None:
    """The client of the provider in the settings; None without one."""
    if not settings.oidc_issuer or not settings.oidc_client_id:
        return None
    secret = settings.oidc_client_secret
    return OpenIDProvider(settings.oidc_issuer, settings.oidc_client_id, secret.get_secret_value() if secret else None)


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    """The provider has `FINISH_SECONDS`. Raises `SignInFailed` instead of `RemoteError` and `TimeoutError`."""
    try:
        async with asyncio.timeout(FINISH_SECONDS):
            yield
    except TimeoutError as error:
        detail = f"the provider did not finish within {FINISH_SECONDS:g} s"
        raise SignInFailed(OpenIDFault.PROVIDER_UNAVAILABLE, detail) from error
    except RemoteError as error:
        raise _failed(error) from error


def _failed(error: RemoteError) -> SignInFailed:
    wrong = error.code in ("remote_answered_nonsense", "remote_refused_us")
    fault = OpenIDFault.PROVIDER_WRONG if wrong else OpenIDFault.PROVIDER_UNAVAILABLE
    return SignInFailed(fault, error.detail)


def _refused(refusal: TokenRefused) -> SignInFailed:
    detail = f"the token endpoint answered with the error {shown(refusal.code)!r}"
    if refusal.code in CLIENT_ERRORS:
        return SignInFailed(OpenIDFault.CLIENT_REFUSED, detail)
    expired = refusal.code == "invalid_grant"
    return SignInFailed(OpenIDFault.ATTEMPT_EXPIRED if expired else OpenIDFault.PROVIDER_REFUSED, detail)


def _bytes(text: str | None) -> bytes:
    return (text or "").encode(errors="replace")
