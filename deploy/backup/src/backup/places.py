"""An installation to back up or restore, and its secrets."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from provisioning.services import PARTS

SEALING = tuple(f"secret_key:{part.name}" for part in PARTS if "secret_key" in part.settings.model_fields)
"""The secrets that stored API keys and sessions depend on: without them these cannot be used."""
FIRST_KEY = "api_key"


@dataclass(frozen=True)
class Place:
    """An installation: the address of its database, its secrets by name, and a function that replaces secrets.

    `store_secrets` is None if the installation reads its secrets from the environment.
    """

    admin_url: str
    secrets: dict[str, str]
    store_secrets: Callable[[Mapping[str, str]], None] | None


def write_secrets(file: Path, secrets: Mapping[str, str]) -> None:
    """Write the secrets as settings to a new file that only its owner can read. Raises `FileExistsError`."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        for name, value in sorted(secrets.items()):
            setting, _, service = name.partition(":")
            opened.write(f"# of {service or 'the gateway'}\n{setting.upper()}={value}\n")
