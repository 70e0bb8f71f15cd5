"""`gapless backup` and `gapless restore`."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from dotenv import dotenv_values
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from backup.find_place import find_place
from backup.manifest import Manifest, WrongBackup
from backup.places import FIRST_KEY, SEALING, Place, write_secrets
from backup.restore import check_restorable
from backup.restore import restore as restore_into
from backup.verify import Verified, verified
from backup.write import OnProgress, write_backup

File = Annotated[Path, typer.Argument(help="the backup file", dir_okay=False)]
AdminUrl = Annotated[
    str,
    typer.Option(
        "--admin-url", envvar="ADMIN_DATABASE_URL", help="address of Postgres with a role that can access all schemas"
    ),
]


def backup(
    file: File,
    admin_url: AdminUrl = "",
    verify: Annotated[bool, typer.Option("--verify", help="only check an existing backup")] = False,
    without_secrets: Annotated[bool, typer.Option("--without-secrets", help="do not store the secrets")] = False,
) -> None:
    """Write a consistent copy of all stored data, and the secrets that belong to it, into one file.

    The services may keep running. BACKUP_PASSPHRASE encrypts the secrets. The backup is verified before it replaces
    an existing file.
    """
    environment = _environment(admin_url)
    passphrase = environment.get("BACKUP_PASSPHRASE", "")
    with _progress("backup") as on_progress:
        if verify:
            with verified(file, on_progress, passphrase) as read:
                typer.echo(f"{file} is intact: {_summary(read.manifest)}")
                if read.manifest.has_secrets and read.secrets is None:
                    typer.echo("the secrets were not checked: set BACKUP_PASSPHRASE")
            return
        if not passphrase and not without_secrets:
            raise WrongBackup("BACKUP_PASSPHRASE: missing. Set it to encrypt the secrets, or use --without-secrets")
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            with find_place(environment, to_restore=False) as source:
                secrets = None if without_secrets else _complete(source.secrets)
                write_backup(source.admin_url, unfinished, on_progress, secrets=secrets, passphrase=passphrase)
            with verified(unfinished, on_progress, passphrase) as read:
                summary = _summary(read.manifest)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        typer.echo(f"{file} is written and verified: {summary}")


def restore(
    file: File,
    admin_url: AdminUrl = "",
    secrets_to: Annotated[
        Path | None, typer.Option(help="a new file for the secrets of the backup, if they cannot be restored in place")
    ] = None,
) -> None:
    """Replace all stored data with the contents of a backup. Stop the services first.

    The backup is verified first. If anything is wrong, nothing is changed.
    """
    environment = _environment(admin_url)
    with (
        _progress("restore") as on_progress,
        verified(file, on_progress, environment.get("BACKUP_PASSPHRASE", "")) as read,
    ):
        if read.manifest.has_secrets and read.secrets is None:
            raise WrongBackup("BACKUP_PASSPHRASE: missing. The secrets of this backup are encrypted with it")
        with find_place(environment, to_restore=True) as target:
            check_restorable(target.admin_url, read.manifest)
            others = _others(read, target, secrets_to)
            restore_into(target.admin_url, read, on_progress, lambda: _store(others, target, secrets_to))
        typer.echo(f"restored: {_summary(read.manifest)}")
        if read.secrets is None:
            typer.echo(
                "the backup has no secrets: its API keys and sessions are valid only with the SECRET_KEY of its time"
            )
        elif others and target.store_secrets is None:
            typer.echo(
                f"its secrets are in {secrets_to}: add them to the settings of the services before you start them"
            )


def _others(read: Verified, target: Place, secrets_to: Path | None) -> dict[str, str]:
    """The secrets of the backup that differ from the installation's. Raises `WrongBackup` if they cannot be stored."""
    others = {name: value for name, value in (read.secrets or {}).items() if target.secrets.get(name) != value}
    if others and target.store_secrets is None:
        if secrets_to is None:
            raise WrongBackup(
                "the secrets of the backup differ from those in the environment: choose a file with --secrets-to"
            )
        if secrets_to.exists():
            raise WrongBackup(f"{secrets_to} already exists: choose a new file with --secrets-to")
    return others


def _store(others: Mapping[str, str], target: Place, secrets_to: Path | None) -> None:
    if others and target.store_secrets:
        target.store_secrets(others)
    elif others and secrets_to:
        write_secrets(secrets_to, others)


def _complete(secrets: dict[str, str]) -> dict[str, str]:
    if not all(name in secrets for name in SEALING):
        raise WrongBackup("SECRET_KEY: missing. Set it to the value that the services use, or use --without-secrets")
    return {name: value for name, value in secrets.items() if name in (*SEALING, FIRST_KEY)}


def _environment(admin_url: str) -> dict[str, str]:
    known = {**{k: v for k, v in dotenv_values(".env").items() if v is not None}, **os.environ}
    return known | ({"ADMIN_DATABASE_URL": admin_url} if admin_url else {})


def _summary(manifest: Manifest) -> str:
    secrets = "with secrets" if manifest.has_secrets else "without secrets"
    created = f"created {manifest.made_at:%Y-%m-%d %H:%M} UTC by Gapless {manifest.gapless}"
    return f"{manifest.rows} rows in {len(manifest.tables)} tables, {secrets}, {created}"


@contextmanager
def _progress(name: str) -> Iterator[OnProgress]:
    """Show a progress bar on a terminal. Turn an error into one line on standard error and exit status 1."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(name, total=None)
        try:
            yield lambda table, done, total: progress.update(bar, description=table, completed=done, total=total)
        except (WrongBackup, OSError, psycopg.Error) as error:
            sys.stderr.write(f"{name}: {str(error).strip()}\n")
            raise typer.Exit(1) from error
