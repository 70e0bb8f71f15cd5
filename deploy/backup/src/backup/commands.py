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

from backup.manifest import Manifest, WrongBackup
from backup.places import FIRST_KEY, SEALING, Place, place, write_secrets
from backup.restore import check_restorable
from backup.restore import restore as restore_into
from backup.verify import Verified, verified
from backup.write import Told, write_backup

File = Annotated[Path, typer.Argument(help="the backup", dir_okay=False)]
AdminUrl = Annotated[
    str, typer.Option("--admin-url", envvar="ADMIN_DATABASE_URL", help="Postgres, as a role that reaches all schemas")
]


def backup(
    file: File,
    admin_url: AdminUrl = "",
    verify: Annotated[bool, typer.Option("--verify", help="only read an existing backup through")] = False,
    without_secrets: Annotated[bool, typer.Option("--without-secrets", help="leave the secrets out")] = False,
) -> None:
    """Write everything that is stored, as it is at one moment, and the secrets it needs into one file.

    The services may go on running. The secrets are in it only under BACKUP_PASSPHRASE. The file is read through before
    it takes its name.
    """
    environment = _environment(admin_url)
    passphrase = environment.get("BACKUP_PASSPHRASE", "")
    with _telling("backup") as told:
        if verify:
            with verified(file, told, passphrase) as read:
                typer.echo(f"{file} is whole: {_words(read.manifest)}")
                if read.manifest.has_secrets and read.secrets is None:
                    typer.echo("its secrets were not tried: set BACKUP_PASSPHRASE")
            return
        if not passphrase and not without_secrets:
            raise WrongBackup("BACKUP_PASSPHRASE: missing. The secrets are stored only under it (or --without-secrets)")
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            with place(environment, to_restore=False) as source:
                secrets = None if without_secrets else _complete(source.secrets)
                write_backup(source.admin_url, unfinished, told, secrets=secrets, passphrase=passphrase)
            with verified(unfinished, told, passphrase) as read:
                words = _words(read.manifest)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        typer.echo(f"{file} is written and read through: {words}")


def restore(
    file: File,
    admin_url: AdminUrl = "",
    secrets_to: Annotated[
        Path | None, typer.Option(help="a new file for the backup's secrets, where they cannot be put in place")
    ] = None,
) -> None:
    """Put what a backup holds in the place of everything that is stored. The services must be stopped.

    Everything is looked at first; when something is wrong nothing is changed.
    """
    environment = _environment(admin_url)
    with _telling("restore") as told, verified(file, told, environment.get("BACKUP_PASSPHRASE", "")) as read:
        if read.manifest.has_secrets and read.secrets is None:
            raise WrongBackup("BACKUP_PASSPHRASE: missing. The secrets of this backup are stored under it")
        with place(environment, to_restore=True) as target:
            check_restorable(target.admin_url, read.manifest)
            others = _others(read, target, secrets_to)
            restore_into(target.admin_url, read, told, lambda: _keep(others, target, secrets_to))
        typer.echo(f"restored: {_words(read.manifest)}")
        if read.secrets is None:
            typer.echo(
                "the backup has no secrets: API keys and sessions in it are valid only with the SECRET_KEY of then"
            )
        elif others and target.keep is None:
            typer.echo(f"its secrets are in {secrets_to}: give them to the services before you start them")


def _others(read: Verified, target: Place, secrets_to: Path | None) -> dict[str, str]:
    """The backup's secrets, where they are not what the installation has; refused when there is no place for them."""
    others = {name: value for name, value in (read.secrets or {}).items() if target.secrets.get(name) != value}
    if others and target.keep is None:
        if secrets_to is None:
            raise WrongBackup("the backup's secrets are not those in the environment: name a file with --secrets-to")
        if secrets_to.exists():
            raise WrongBackup(f"{secrets_to} exists: name a new file with --secrets-to")
    return others


def _keep(others: Mapping[str, str], target: Place, secrets_to: Path | None) -> None:
    if others and target.keep:
        target.keep(others)
    elif others and secrets_to:
        write_secrets(secrets_to, others)


def _complete(secrets: dict[str, str]) -> dict[str, str]:
    if not all(name in secrets for name in SEALING):
        raise WrongBackup("SECRET_KEY: missing. Set it as the services have it, or leave it out with --without-secrets")
    return {name: value for name, value in secrets.items() if name in (*SEALING, FIRST_KEY)}


def _environment(admin_url: str) -> dict[str, str]:
    known = {**{k: v for k, v in dotenv_values(".env").items() if v is not None}, **os.environ}
    return known | ({"ADMIN_DATABASE_URL": admin_url} if admin_url else {})


def _words(manifest: Manifest) -> str:
    secrets = "with secrets" if manifest.has_secrets else "without secrets"
    made = f"made {manifest.made_at:%Y-%m-%d %H:%M} UTC by Gapless {manifest.gapless}"
    return f"{manifest.rows} rows in {len(manifest.tables)} tables, {secrets}, {made}"


@contextmanager
def _telling(name: str) -> Iterator[Told]:
    """A bar on a terminal, nothing elsewhere; what goes wrong is one line and ends the program with 1."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(name, total=None)
        try:
            yield lambda words, done, total: progress.update(bar, description=words, completed=done, total=total)
        except (WrongBackup, OSError, psycopg.Error) as error:
            sys.stderr.write(f"{name}: {str(error).strip()}\n")
            raise typer.Exit(1) from error
