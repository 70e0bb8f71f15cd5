"""Encrypts secrets with a passphrase: scrypt derives the key, AES-256-GCM encrypts, with the manifest authenticated."""

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
    """Encrypt the secrets; returns salt, nonce and ciphertext. They can be decrypted only together with `belonging_to`.

    Raises `WrongBackup` if the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongBackup(f"BACKUP_PASSPHRASE: shorter than {SHORTEST_PASSPHRASE} characters")
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return (
        salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(dict(secrets)).encode(), belonging_to)
    )


def unseal(sealed: bytes, passphrase: str, belonging_to: bytes) -> dict[str, str]:
    """Decrypt the secrets. Raises `WrongBackup` for a wrong passphrase, or if the secrets or the manifest changed."""
    salt, nonce, text = sealed[:SALT_BYTES], sealed[SALT_BYTES:][:NONCE_BYTES], sealed[SALT_BYTES + NONCE_BYTES :]
    try:
        opened: dict[str, str] = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, text, belonging_to))
    except (InvalidTag, ValueError) as error:
        raise WrongBackup("the passphrase is not the one of this backup, or the backup was modified") from error
    return opened


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=2**15, r=8, p=1).derive(passphrase.encode())
