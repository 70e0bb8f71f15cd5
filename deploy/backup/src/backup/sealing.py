"""Secrets under a passphrase: scrypt makes the key, AES-256-GCM seals them, bound to the manifest they belong to."""

import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backup.manifest import WrongBackup

SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SHORTEST_PASSPHRASE = 8


def seal(secrets: Mapping[str, str], passphrase: str, belonging_to: bytes) -> bytes:
    """Salt, nonce and what is sealed. It opens only with the same passphrase beside the same bytes."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongBackup(f"BACKUP_PASSPHRASE: shorter than {SHORTEST_PASSPHRASE} characters")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return (
        salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(dict(secrets)).encode(), belonging_to)
    )


def unseal(sealed: bytes, passphrase: str, belonging_to: bytes) -> dict[str, str]:
    """The secrets again. Raises `WrongBackup` for another passphrase, or when file or manifest were changed."""
    salt, nonce, text = sealed[:SALT_BYTES], sealed[SALT_BYTES:][:NONCE_BYTES], sealed[SALT_BYTES + NONCE_BYTES :]
    try:
        opened: dict[str, str] = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, text, belonging_to))
    except (InvalidTag, ValueError) as error:
        raise WrongBackup("the passphrase is not the one of this backup, or the backup was changed") from error
    return opened


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=2**15, r=8, p=1).derive(passphrase.encode())
