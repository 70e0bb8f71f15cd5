"""`gapless support-bundle`: everything that helps to find a fault, in one archive that a person can read first."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cli.connection import Key, Url, gapless_at

TIMEOUT_SECONDS = 120.0


def support_bundle(
    file: Annotated[Path | None, typer.Argument(help="the archive; by default gapless-support-DATE.zip here")] = None,
    url: Url = "",
    api_key: Key = "",
    mask: Annotated[
        bool, typer.Option(help="mask titles, people, addresses and paths; secrets are never in it")
    ] = True,
) -> None:
    """Write what helps to find a fault into an archive. Read it before you send it: its README says what is in it.

    Needs a key with the scope `admin`. A part that cannot be read is left out, and the README says why. Exit status: 0
    if the archive was written, 1 if not, 2 if the gateway gave none.
    """
    from gapless_client import ApiProblem  # noqa: PLC0415 - only commands that call the API need it

    target = file or Path(f"gapless-support-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip")
    try:
        with gapless_at(url, api_key, timeout_seconds=TIMEOUT_SECONDS) as gapless, _created(target) as opened:
            gapless.system.download_support_bundle(opened, mask=mask)
    except OSError as error:
        typer.echo(f"{target}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from error
    except ApiProblem as error:
        target.unlink()
        typer.echo(f"there is no support bundle. {error}. {error.remedy}", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{target} is written. Read it before you send it: README.txt in it says what it contains.")


def _created(target: Path) -> BinaryIO:
    """A new file that only its owner can read. Raises `OSError`, also if the file exists."""
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
