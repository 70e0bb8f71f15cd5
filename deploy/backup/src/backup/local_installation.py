"""Backup and restore of an installation in a folder of this machine, with its embedded Postgres."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded.folder import FolderInUse, FolderLock, default_data_folder
from embedded.installation import Installation, store_secrets
from embedded.postgres import SUPERUSER, Postgres
from embedded.process import LOOPBACK, CannotStart
from provisioning.roles import DATABASE
from provisioning.services import PARTS
from shared.chassis.migrations import upgrade

from backup.manifest import WrongBackup
from backup.places import FIRST_KEY, SEALING, Place


@contextmanager
def local_place(environment: Mapping[str, str], *, to_restore: bool) -> Iterator[Place]:
    """The installation in GAPLESS_DATA. For a restore it must not be running: it is started for the restore.

    Raises `WrongBackup` if there is no installation, if it is running, or if Postgres does not start.
    """
    folder = default_data_folder(environment)
    try:
        if to_restore:
            with Installation(folder) as installation:
                for part in PARTS:
                    upgrade(part.spec.migrations, installation.environment(part)["DATABASE_URL"])
                yield _place(folder, installation.postgres.url(DATABASE))
            return
        if not (folder / "secrets.json").exists():
            raise WrongBackup(f"no installation in {folder}: set ADMIN_DATABASE_URL, or GAPLESS_DATA to its folder")
        if url := _running(folder / "postgres"):
            yield _place(folder, url)
            return
        with FolderLock(folder), Postgres(folder / "postgres") as postgres:
            yield _place(folder, postgres.url(DATABASE))
    except (FolderInUse, CannotStart) as error:
        raise WrongBackup(str(error)) from error


def _running(folder: Path) -> str | None:
    """The address of the embedded Postgres if it is running."""
    try:
        port, password = ((folder / name).read_text().strip() for name in ("port", "password"))
        url = f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{port}/{DATABASE}"
        psycopg.connect(url, connect_timeout=3).close()
    except (OSError, psycopg.OperationalError):
        return None
    return url


def _place(folder: Path, url: str) -> Place:
    file = folder / "secrets.json"
    known: dict[str, str] = json.loads(file.read_text())
    secrets = {name: known.get(name, known["secret_key"]) for name in SEALING}
    return Place(url, secrets | {FIRST_KEY: known["api_key"]}, lambda others: store_secrets(file, others))
