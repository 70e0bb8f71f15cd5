"""The keys of the provider, and the tokens that it signs."""

import base64
import json
from functools import cached_property
from hashlib import sha256
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY_BITS = 2048


class SigningKeys:
    """The RSA keys of the provider. They are made when they are first needed, which takes a moment."""

    def __init__(self) -> None:
        self._number = 1

    def published(self) -> dict[str, Any]:
        """The public keys, as a JSON Web Key Set: also one of a kind that nobody knows."""
        public = self._key.as_dict(private=False, use="sig", alg="RS256")
        return {"keys": [{"kty": "NEW", "kid": "of-tomorrow"}, public]}

    def signed(self, claims: dict[str, Any]) -> str:
        """A token that is signed with the published key."""
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, self._key)

    def signed_by_stranger(self, claims: dict[str, Any]) -> str:
        """A token of another key that claims to be the published one."""
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, RSAKey.generate_key(KEY_BITS))

    def signed_with_secret(self, claims: dict[str, Any], secret: str) -> str:
        """A token that is signed with the client's secret."""
        return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))

    def unsigned(self, claims: dict[str, Any]) -> str:
        """A token without a signature."""
        return f"{_encoded({'alg': 'none', 'kid': self._key.kid})}.{_encoded(claims)}."

    def change(self) -> None:
        """Replace the key. Who remembers the published keys does not know the new one."""
        self._number += 1
        self.__dict__.pop("_key", None)

    @cached_property
    def _key(self) -> RSAKey:
        return RSAKey.generate_key(KEY_BITS, {"kid": f"key-{self._number}"})


def s256(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, section 4.2)."""
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def half_hash(access_token: str) -> str:
    """The value of at_hash for RS256 (OpenID Connect Core 1.0, section 3.1.3.6)."""
    return base64.urlsafe_b64encode(sha256(access_token.encode()).digest()[:16]).rstrip(b"=").decode()


def _encoded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
