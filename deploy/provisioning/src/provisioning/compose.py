"""The two steps that run before the services of a compose installation. Both are safe to repeat.

`python -m provisioning.compose keys` generates the passwords, the addresses and the configuration of NATS, and stores
them in one volume for each container. `python -m provisioning.compose prepare` then creates the roles in Postgres, and
the streams and consumers in NATS.
"""

import asyncio
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from shared.chassis.streams import TooFewServers

from provisioning.broker import provision_at, replicas_in
from provisioning.nats_config import NatsUser, render_config
from provisioning.roles import BACKUP_ROLE, DATABASE, SCHEMAS, bootstrap
from provisioning.services import PARTS, permissions_by_user

FOLDER = Path("/all-keys")
OWNED = Path("/owned")
"""Volumes that a service writes to. The container engine creates them with root as the owner."""
OWNER = int(os.environ.get("PUID", "1000")), int(os.environ.get("PGID", "1000"))
POSTGRES = "postgres:5432"
NATS = "nats:4222"


def keys(folder: Path, *, postgres_address: str = POSTGRES, nats_address: str = NATS) -> None:
    """Write the secrets of each container to a folder of its own. Existing secrets are kept.

    The addresses are HOST:PORT, as the services reach Postgres and NATS.
    """
    setup, postgres, broker = folder / "setup", folder / "postgres", folder / "nats"
    passwords = {user: _once(setup / f"nats-{user}", _random) for user in permissions_by_user()}
    superuser = _once(setup / "postgres", _random)
    # The official image reads the password as the user `postgres`, whose id depends on the image.
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
        write_key(own / "database_url", f"postgresql://{part.role}:{database}@{postgres_address}/{DATABASE}")
        write_key(own / "nats_url", f"nats://{part.name}:{passwords[part.name]}@{nats_address}")
        if "secret_key" in part.settings.model_fields:
            _once(own / "secret_key", _random)
    _once(folder / "gateway" / "api_key", _random)
    reader = _once(setup / "database-backup", _random)
    write_key(
        folder / "gateway" / "backup_database_url", f"postgresql://{BACKUP_ROLE}:{reader}@{postgres_address}/{DATABASE}"
    )
    for fresh_volume in OWNED.glob("*"):
        if fresh_volume.stat().st_uid == 0:
            os.chown(fresh_volume, *OWNER)


def prepare(folder: Path) -> None:
    """Create or update the roles and schemas of the database, and the streams and consumers of NATS.

    Raises `psycopg.Error` or `nats.errors.Error` if a server refuses, and exits with a message if NATS_REPLICAS cannot
    be met.
    """
    setup = folder / "setup"
    superuser = (setup / "postgres").read_text()
    passwords = {role: (setup / f"database-{role}").read_text() for role in SCHEMAS}
    backup_password = (setup / "database-backup").read_text()
    bootstrap(f"postgresql://postgres:{superuser}@{POSTGRES}/postgres", passwords, backup_password=backup_password)
    url = f"nats://setup:{(setup / 'nats-setup').read_text()}@{NATS}"
    try:
        asyncio.run(provision_at(url, replicas=replicas_in(os.environ)))
    except (ValueError, TooFewServers) as error:
        sys.exit(f"prepare: {error}")


def _random() -> str:
    return f"k{secrets.token_hex(24)}"


def _once(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        write_key(file, make())
    return file.read_text()


def write_key(file: Path, text: str, mode: int = 0o400) -> None:
    """Write a secret atomically. `mode` is the file mode: by default only the account of the services can read it."""
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


STEPS = {"keys": keys, "prepare": prepare}


def main(arguments: list[str]) -> None:
    """Run the step that is named. Exits with the usage for anything else."""
    if len(arguments) != 1 or arguments[0] not in STEPS:
        sys.exit(f"usage: python -m provisioning.compose {{{','.join(STEPS)}}}")
    STEPS[arguments[0]](FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
