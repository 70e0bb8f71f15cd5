"""The two steps that run once before the services of a compose installation, safe to run any number of times.

`keys` makes what nobody has to choose: passwords, addresses, the broker's configuration. Each container gets a volume
that holds only its own. `prepare` then makes the roles in Postgres, and the streams and consumers in NATS.
"""

import asyncio
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from provisioning.broker import provision_at
from provisioning.nats_config import NatsUser, render_config
from provisioning.roles import DATABASE, SCHEMAS, bootstrap
from provisioning.services import PARTS, permissions_by_user

FOLDER = Path("/all-keys")
OWNED = Path("/owned")
"""Volumes that a service writes to: an engine makes them root's."""
OWNER = int(os.environ.get("PUID", "1000")), int(os.environ.get("PGID", "1000"))
POSTGRES = "postgres:5432"
NATS = "nats:4222"


def keys(folder: Path) -> None:
    """Fill one folder for each container with its secrets; what is there already stays as it is."""
    setup, postgres, broker = folder / "setup", folder / "postgres", folder / "nats"
    passwords = {user: _once(setup / f"nats-{user}", _random) for user in permissions_by_user()}
    superuser = _once(setup / "postgres", _random)
    # The official image reads its password after it has become `postgres`, whose number is not ours to know.
    write_key(postgres / "password", superuser, mode=0o444)
    users = [
        NatsUser(name, passwords[name], may.publish, may.subscribe, allow_responses=True)
        for name, may in permissions_by_user().items()
    ]
    config = render_config(users, listen="0.0.0.0:4222", store_dir="/data", monitor="127.0.0.1:8222")
    write_key(broker / "nats.conf", config)
    for part in PARTS:
        own = folder / part.name
        database = _once(setup / f"database-{part.role}", _random)
        write_key(own / "database_url", f"postgresql://{part.role}:{database}@{POSTGRES}/{DATABASE}")
        write_key(own / "nats_url", f"nats://{part.name}:{passwords[part.name]}@{NATS}")
        if "secret_key" in part.settings.model_fields:
            _once(own / "secret_key", _random)
    _once(folder / "gateway" / "api_key", _random)
    for fresh_volume in OWNED.glob("*"):
        if fresh_volume.stat().st_uid == 0:
            os.chown(fresh_volume, *OWNER)


def prepare(folder: Path) -> None:
    """Make the database's roles and schemas, and the broker's streams and consumers."""
    setup = folder / "setup"
    superuser = (setup / "postgres").read_text()
    passwords = {role: (setup / f"database-{role}").read_text() for role in SCHEMAS}
    bootstrap(f"postgresql://postgres:{superuser}@{POSTGRES}/postgres", passwords)
    asyncio.run(provision_at(f"nats://setup:{(setup / 'nats-setup').read_text()}@{NATS}"))


def _random() -> str:
    return f"k{secrets.token_hex(24)}"


def _once(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        write_key(file, make())
    return file.read_text()


def write_key(file: Path, text: str, mode: int = 0o400) -> None:
    """Whole or not at all, readable by the services' account alone unless told."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=mode)
    os.chmod(unfinished, 0o600)
    unfinished.write_text(text)
    os.chmod(unfinished, mode)
    if os.geteuid() == 0:
        os.chown(unfinished, *OWNER)
    unfinished.replace(file)


if __name__ == "__main__":
    {"keys": keys, "prepare": prepare}[sys.argv[1]](FOLDER)
