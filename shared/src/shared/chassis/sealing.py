"""Keys derived from SECRET_KEY, one for each use, and what they protect: sealed values and keyed hashes.

A key is derived by HKDF (RFC 5869) with SHA-256, no salt, and the purpose as the label. Everything is written with the
newest key, and read with any known one, so that SECRET_KEY can be changed. Values that were written before keys were
derived can be read too: they were sealed with SHA-256 of SECRET_KEY, and hashed with SECRET_KEY itself.
"""

import base64
import hmac
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr

from shared.chassis.settings import ServiceSettings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet, MultiFernet

KEY_BYTES = 32
_LABEL = "gapless "


class SealingSettings(ServiceSettings):
    """The settings of a service that stores secrets."""

    secret_key: SecretStr = Field(
        min_length=16,
        description="a long random text from which the keys are derived that encrypt stored secrets and hash API keys",
        examples=["create one with: openssl rand -hex 32"],
    )
    secret_key_previous: SecretStr | None = Field(
        None,
        description="after a change of SECRET_KEY: its former values, the newest first, separated by spaces or line"
        " breaks. What was stored with them stays valid",
        examples=["the former value of SECRET_KEY"],
    )

    def secret_keys(self) -> "SecretKeys":
        """The keys of this installation."""
        previous = self.secret_key_previous
        return SecretKeys(self.secret_key.get_secret_value(), previous.get_secret_value() if previous else "")


class CannotOpen(Exception):
    """A value is damaged, or was sealed with a SECRET_KEY that is neither set nor in SECRET_KEY_PREVIOUS."""


class SecretKeys:
    """SECRET_KEY and its former values. A former value that contains spaces must be the only one."""

    def __init__(self, current: str, previous: str = "") -> None:
        former = [previous.strip(), *previous.split()]
        self._secrets = [each.encode() for each in dict.fromkeys([current, *filter(None, former)])]

    def derived(self, purpose: str) -> list[bytes]:
        """The 32-byte keys of one use, that of the present SECRET_KEY first."""
        return [_hkdf(secret, f"{_LABEL}{purpose}".encode()) for secret in self._secrets]

    @property
    def underived(self) -> list[bytes]:
        """The values of SECRET_KEY, the present one first: only to read what was stored before keys were derived."""
        return self._secrets


class Seal:
    """Encrypts and authenticates the values of one use (Fernet: AES-128-CBC and HMAC-SHA-256)."""

    def __init__(self, keys: SecretKeys, purpose: str) -> None:
        self._keys = keys
        self._purpose = purpose

    def seal(self, value: bytes) -> bytes:
        """Encrypt a value with the newest key."""
        return self._newest.encrypt(value)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt a value that was sealed with any known key. Raises `CannotOpen`."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        try:
            return self._all.decrypt(sealed)
        except InvalidToken as error:
            raise CannotOpen("sealed with another SECRET_KEY") from error

    @cached_property
    def _newest(self) -> "Fernet":
        from cryptography.fernet import Fernet  # noqa: PLC0415 - it takes several MiB, and an idle service needs none

        return Fernet(base64.urlsafe_b64encode(self._keys.derived(self._purpose)[0]))

    @cached_property
    def _all(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415

        keys = [*self._keys.derived(self._purpose), *(sha256(each).digest() for each in self._keys.underived)]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class KeyedHash:
    """Hashes the values of one use with HMAC-SHA-256, so that only who has SECRET_KEY can test a guess.

    `before_derivation` computes the hash of a value from SECRET_KEY as it was stored before keys were derived.
    """

    def __init__(
        self, keys: SecretKeys, purpose: str, before_derivation: Callable[[bytes, bytes], bytes] | None = None
    ) -> None:
        self._derived = keys.derived(purpose)
        self._underived = keys.underived
        self._before_derivation = before_derivation or _hmac

    def of(self, value: bytes) -> bytes:
        """The hash with the newest key: 32 bytes."""
        return _hmac(self._derived[0], value)

    def known(self, value: bytes) -> list[bytes]:
        """Every hash under which the value may be stored, that of the newest key first."""
        derived = [_hmac(key, value) for key in self._derived]
        return [*derived, *(self._before_derivation(secret, value) for secret in self._underived)]


def _hmac(key: bytes, value: bytes) -> bytes:
    return hmac.new(key, value, sha256).digest()


def _hkdf(secret: bytes, label: bytes) -> bytes:
    """HKDF with SHA-256 for a key of 32 bytes, which is one block.

    cryptography has it too, but takes 10 MiB, and the gateway hashes an API key at each start.
    """
    extracted = _hmac(bytes(KEY_BYTES), secret)
    return _hmac(extracted, label + b"\x01")
