"""Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.gateway.sessions import OpenIDFault

from gateway.sign_in.openid.failure import SignInFailed

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Signatures with a public key. `none`, and signatures with the client secret, are refused."""
LEEWAY_SECONDS = 60
MAX_KEYS = 100


class UnknownKey(Exception):
    """The token names a key that is not among those of the provider, which may have changed them."""


@dataclass(frozen=True)
class Expected:
    """What the token must contain."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None
    now_seconds: int


def verified_claims(token: str, keys: Sequence[dict[str, Any]], expected: Expected) -> dict[str, Any]:
    """Return the claims of a token whose signature and claims are valid.

    `keys` are JSON Web Keys (RFC 7517). Those that cannot be read are ignored. Takes tens of milliseconds the first
    time, because it imports the libraries. Raises `UnknownKey`, and `SignInFailed` if the token is not valid.
    """
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - needed only for signing in
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import InvalidKeyIdError, JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        decoded = jwt.decode(token, KeySet(_readable(keys)), algorithms=list(ALGORITHMS))
        options = {"iss": {"value": expected.issuer}, "aud": {"value": expected.client_id}}
        params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
        claims = CodeIDToken(decoded.claims, decoded.header, options, params)
        claims.validate(expected.now_seconds, LEEWAY_SECONDS)
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        detail = f"{type(error).__name__}: {getattr(error, 'description', '') or getattr(error, 'claim', '')}"
        raise SignInFailed(OpenIDFault.TOKEN_INVALID, f"the ID token is not valid: {detail[:200]}") from error
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise SignInFailed(OpenIDFault.TOKEN_INVALID, "the ID token names nobody (claim sub)")
    return dict(claims)


def _readable(keys: Sequence[dict[str, Any]]) -> list[Any]:
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import JWKRegistry  # noqa: PLC0415

    found = []
    for key in keys[:MAX_KEYS]:
        if key.get("use", "sig") != "sig":
            continue
        try:
            found.append(JWKRegistry.import_key(key))
        except (JoseError, ValueError, TypeError, KeyError):
            continue  # a kind of key that is not known here
    return found
