"""One installation on one machine: its folder, its secrets, its Postgres and its NATS."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from provisioning.broker import provision_at
from provisioning.nats_config import NatsUser
from provisioning.roles import BACKUP_ROLE, SCHEMAS, bootstrap
from provisioning.services import PARTS, Part, permissions_by_user

from embedded.folder import FolderLock, make_enterable
from embedded.nats_server import NatsServer
from embedded.postgres import Postgres


class Installation:
    """Postgres and NATS in a folder, with a database role and a NATS user for each service."""

    replicas: ClassVar[int] = 1
    """How many NATS servers have a copy of each message."""

    def __init__(self, folder: Path, given_key: str | None = None) -> None:
        """`given_key` is the configured API key; by default the installation generates one."""
        self.folder = folder
        self.given_key = given_key
        make_enterable(folder)
        file = folder / "secrets.json"
        self.is_new = not file.exists()
        """Whether the installation, and its API key, did not exist before."""
        self.secrets = _secrets(file)
        users = [
            NatsUser(user, self.secrets[f"nats:{user}"], may.publish, may.subscribe, allow_responses=True)
            for user, may in permissions_by_user().items()
        ]
        self.postgres = Postgres(folder / "postgres")
        self.nats = NatsServer(folder / "nats", users)
        self._addresses: dict[str, str] = {}
        self._stack = ExitStack()

    @property
    def api_key(self) -> str:
        """The first API key: the configured one, or the generated one."""
        return self.given_key or self.secrets["api_key"]

    @property
    def nats_servers(self) -> Mapping[str, NatsServer]:
        """The NATS servers, by their names."""
        return {"nats": self.nats}

    def nats_url(self, user: str) -> str:
        """The address of NATS with the name and password of this user. Raises `KeyError` if it is unknown."""
        return ",".join(server.url(user) for server in self.nats_servers.values())

    def environment(self, part: Part) -> dict[str, str]:
        """The settings of one service that the installation provides: addresses and secrets."""
        own = {
            "DATABASE_URL": self._addresses[part.role],
            "NATS_URL": self.nats_url(part.name),
            "SECRET_KEY": self.secrets.get(f"secret_key:{part.name}", self.secrets["secret_key"]),
        }
        if part.name != "gateway":
            return own | {"HEALTH_PORT": "0"}
        return own | {"API_KEY": self.api_key, "BACKUP_DATABASE_URL": self._addresses[BACKUP_ROLE]}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(FolderLock(self.folder))
            for server in self.nats_servers.values():
                stack.enter_context(server)
            stack.enter_context(self.postgres)
            passwords = {role: self.secrets[f"postgres:{role}"] for role in SCHEMAS}
            reader = self.secrets[f"postgres:{BACKUP_ROLE}"]
            self._addresses = bootstrap(self.postgres.url(), passwords, backup_password=reader)
            self.provision_broker()
            self._stack = stack.pop_all()
        return self

    def provision_broker(self) -> None:
        """Create or update streams and consumers. Raises `nats.errors.Error` if NATS refuses."""
        asyncio.run(provision_at(self.nats_url("setup"), replicas=self.replicas))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _secrets(file: Path) -> Mapping[str, str]:
    """The secrets of the installation. Missing ones are generated and stored in a file that only its owner can read."""
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    names = ["secret_key", "api_key", "nats:setup"]
    names += [f"nats:{part.name}" for part in PARTS] + [f"postgres:{role}" for role in (*SCHEMAS, BACKUP_ROLE)]
    if missing := [name for name in names if name not in known]:
        known |= {name: secrets.token_hex(24) for name in missing}
        _write(file, known)
    return known


def store_secrets(file: Path, others: Mapping[str, str]) -> None:
    """Replace secrets of an installation that is not running; a restore needs the secrets of its backup."""
    _write(file, json.loads(file.read_text()) | dict(others))


def _write(file: Path, known: Mapping[str, str]) -> None:
    unfinished = file.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(known, indent=1))
    unfinished.replace(file)
