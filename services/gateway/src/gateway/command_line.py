"""What the commands that call the API have in common: where it is, and the key."""

import os
from pathlib import Path
from typing import Annotated

import typer
from shared.chassis.settings import EXIT_SETTINGS

from gateway.cycle.client import PATIENCE_SECONDS, Api

Url = Annotated[str, typer.Option("--url", envvar="GAPLESS_URL", help="address of the gateway")]
Key = Annotated[str, typer.Option("--api-key", envvar="API_KEY", help="an API key of this installation")]


def api_at(url: str, api_key: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Api:
    """The API at this address, with this key or that in the file API_KEY_FILE; ends the program when there is none."""
    return Api(url, api_key or _key_from_file(), patience_seconds)


def _key_from_file() -> str:
    """The key in the file that API_KEY_FILE names, as in a container."""
    named = os.environ.get("API_KEY_FILE")
    wrong = "API_KEY: missing. Form: an API key of this installation. Example: API_KEY=… gapless run"
    if named:
        try:
            if key := Path(named).read_text(encoding="utf-8").strip():
                return key
            wrong = f"API_KEY_FILE: {named} is empty"
        except OSError as error:
            wrong = f"API_KEY_FILE: cannot read {named}: {error.strerror}"
    typer.echo(wrong, err=True)
    raise typer.Exit(EXIT_SETTINGS)
