"""The client of an OpenID Connect provider: its discovery document, its keys, and its tokens.

Answers are limited in size and time. The discovery document and the keys are remembered for `REMEMBERED_SECONDS`.
"""

import asyncio
import time
from base64 import b64encode
from typing import Any, TypeVar
from urllib.parse import quote_plus, urlsplit

from pydantic import BaseModel, Field, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.chassis.http import Remote

SYSTEM = "the OpenID Connect provider"
REMEMBERED_SECONDS = 600.0
REQUEST_SECONDS = 5.0
MAX_BYTES = 256 * 1024
MAX_TOKEN = 32_768

Answer = TypeVar("Answer")


class Discovery(BaseModel):
    """What is used of the discovery document (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str = Field(max_length=500)
    authorization_endpoint: str = Field(max_length=2000)
    token_endpoint: str = Field(max_length=2000)
    jwks_uri: str = Field(max_length=2000)
    userinfo_endpoint: str | None = Field(None, max_length=2000)
    scopes_supported: list[str] = []
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    authorization_response_iss_parameter_supported: bool = False


class Tokens(BaseModel):
    """The answer of the token endpoint (RFC 6749, section 5.1)."""

    access_token: str | None = Field(None, max_length=MAX_TOKEN)
    id_token: str = Field(max_length=MAX_TOKEN)


class _KeySet(BaseModel):
    keys: list[dict[str, Any]]


class _TokenError(BaseModel):
    error: str = Field(max_length=100)


class TokenRefused(Exception):
    """The token endpoint refused (RFC 6749, section 5.2). `code` is its error, such as invalid_grant."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


DISCOVERY = TypeAdapter(Discovery)
_TOKENS = TypeAdapter(Tokens)
_TOKEN_ERROR = TypeAdapter(_TokenError)
_KEYS = TypeAdapter(_KeySet)
_CLAIMS = TypeAdapter(dict[str, Any])
CLIENT_ERRORS = frozenset({"invalid_client", "unauthorized_client"})


class OpenIDProvider:
    """The provider with this issuer, for the client with this id. Raises `RemoteError` and its subclasses."""

    def __init__(self, issuer: str, client_id: str, client_secret: str | None) -> None:
        self.client_id = client_id
        self._issuer = issuer
        self._client_secret = client_secret
        self._one_at_a_time = asyncio.Lock()
        self._discovery: tuple[float, Discovery] | None = None
        self._keys: tuple[float, list[dict[str, Any]]] | None = None

    async def discovery(self) -> Discovery:
        """Return the discovery document. Raises `RemoteAnsweredNonsense` if it is that of another issuer."""
        async with self._one_at_a_time:
            if self._discovery and time.monotonic() - self._discovery[0] < REMEMBERED_SECONDS:
                return self._discovery[1]
            address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            found = await _json("GET", address, DISCOVERY)
            self._check(found)
            self._discovery = (time.monotonic(), found)
            return found

    async def keys(self, *, fresh: bool = False) -> list[dict[str, Any]]:
        """Return the keys with which the provider signs. `fresh`: fetch them again."""
        found = await self.discovery()
        async with self._one_at_a_time:
            if not fresh and self._keys and time.monotonic() - self._keys[0] < REMEMBERED_SECONDS:
                return self._keys[1]
            keys = (await _json("GET", found.jwks_uri, _KEYS)).keys
            self._keys = (time.monotonic(), keys)
            return keys

    async def tokens(self, code: str, verifier: str, redirect_url: str) -> Tokens:
        """Exchange a code for tokens. Raises `TokenRefused`."""
        found = await self.discovery()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_url,
            "code_verifier": verifier,
            "client_id": self.client_id,
        }
        headers = {}
        if self._client_secret is not None:
            if "client_secret_basic" in found.token_endpoint_auth_methods_supported:
                headers["Authorization"] = _basic(self.client_id, self._client_secret)
            else:
                form["client_secret"] = self._client_secret
        remote, path = _remote(found.token_endpoint)
        try:
            # `shown_as` keeps the answer, which may contain tokens, out of errors.
            response = await remote.request(
                "POST", path, data=form, headers=headers, shown_as="the token endpoint", accepted={400, 401}
            )
            if response.status_code in (400, 401):
                raise TokenRefused(remote.read(response, _TOKEN_ERROR).error)
            return remote.read(response, _TOKENS)
        finally:
            await remote.aclose()

    async def user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        """Return what the provider says about a person; nothing if it has no such endpoint.

        Raises `RemoteAnsweredNonsense` if the answer is about another person (OpenID Connect Core 1.0, 5.3.2).
        """
        address = (await self.discovery()).userinfo_endpoint
        if address is None:
            return {}
        claims = await _json("GET", address, _CLAIMS, headers={"Authorization": f"Bearer {access_token}"})
        if claims.get("sub") != subject:
            raise RemoteAnsweredNonsense(SYSTEM, "the user information is about another person than the ID token")
        return claims

    def _check(self, found: Discovery) -> None:
        if found.issuer.rstrip("/") != self._issuer.rstrip("/"):
            detail = f"the discovery document is that of {found.issuer[:200]!r}, not of OIDC_ISSUER"
            raise RemoteAnsweredNonsense(SYSTEM, detail)
        schemes = {"https"} if self._issuer.startswith("https:") else {"http", "https"}
        for address in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint):
            if address is not None and not _is_address(address, schemes):
                detail = f"the discovery document contains {address[:200]!r}, which is not an address, or lacks TLS"
                raise RemoteAnsweredNonsense(SYSTEM, detail)


def _is_address(text: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.username is None and text.isprintable()
    except ValueError:
        return False


async def _json(method: str, address: str, shape: TypeAdapter[Answer], **options: Any) -> Answer:
    remote, path = _remote(address)
    try:
        return await remote.json(method, path, shape, **options)
    except RemoteRefusedUs as error:
        # Not our credentials: nothing secret is needed to read these documents, or the token is a minute old.
        raise RemoteAnsweredNonsense(error.system, error.detail) from error
    finally:
        await remote.aclose()


def _remote(address: str) -> tuple[Remote, str]:
    """A client of the server at this address, and the path there."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    server = f"{parts.scheme}://{parts.netloc}"
    return Remote(SYSTEM, server, timeout_seconds=REQUEST_SECONDS, max_bytes=MAX_BYTES), path


def _basic(client_id: str, secret: str) -> str:
    """The header for the credentials, which are encoded as in a form first (RFC 6749, section 2.3.1)."""
    return "Basic " + b64encode(f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()).decode()
