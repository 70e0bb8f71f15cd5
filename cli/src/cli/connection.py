"""What the commands that call the API have in common: where it is, and the key."""

import os
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from dotenv import dotenv_values
from shared.chassis.settings import EXIT_SETTINGS

from cli.api_client import PATIENCE_SECONDS, Api

Url = Annotated[
    str,
    typer.Option(
        "--url",
        envvar="GAPLESS_URL",
        show_default=False,
        help="address of the gateway; without it, where the settings in the environment and .env have it listen",
    ),
]
Key = Annotated[
    str,
    typer.Option(
        "--api-key",
        envvar="API_KEY",
        show_default=False,
        help="an API key; without it, the one in .env, or the one made with the installation on this machine",
    ),
]
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - only compared with
LOOPBACK = "127.0.0.1"
PORT = "8080"


def api_at(url: str, api_key: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Api:
    """The API at this address with this key; what is empty is looked up.

    The address comes from GAPLESS_URL, HEALTH_HOST and HEALTH_PORT in the environment and `.env`. The key comes from
    the file that API_KEY_FILE names, from `.env`, or from the installation on this machine. Ends the program with
    `EXIT_SETTINGS` when there is no key.
    """
    env_file = {name: value for name, value in dotenv_values(".env").items() if value}
    settings = env_file | {name: value for name, value in os.environ.items() if value}
    return Api(url or _address(settings), api_key or _key(env_file), patience_seconds)


def _address(settings: dict[str, str]) -> str:
    if url := settings.get("GAPLESS_URL"):
        return url
    host = settings.get("HEALTH_HOST", LOOPBACK)
    host = LOOPBACK if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.get('HEALTH_PORT', PORT)}"


def _key(env_file: dict[str, str]) -> str:
    wrong = "API_KEY: missing. Form: an API key of this installation. Example: API_KEY=… gapless doctor"
    try:
        if named := os.environ.get("API_KEY_FILE"):
            if key := Path(named).read_text(encoding="utf-8").strip():
                return key
            wrong = f"API_KEY_FILE: {named} is empty"
        if key := env_file.get("API_KEY", "") or _key_of_installation():
            return key
    except OSError as error:
        wrong = f"API_KEY: cannot read {error.filename}: {error.strerror}"
    typer.echo(wrong, err=True)
    raise typer.Exit(EXIT_SETTINGS)


def _key_of_installation() -> str:
    """The key that was made with the installation on this machine; empty when none is installed here.

    Raises `OSError` when its file cannot be read.
    """
    for each in entry_points(group="gapless.installation", name="api_key"):
        key: str = each.load()()
        return key
    return ""
