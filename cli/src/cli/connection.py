"""The address of the API and the key, for all commands that call it."""

import os
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from dotenv import dotenv_values
from shared.chassis.settings import EXIT_SETTINGS

from cli.api_client import RETRY_SECONDS, Api

Url = Annotated[
    str,
    typer.Option(
        "--url",
        envvar="GAPLESS_URL",
        show_default=False,
        help="address of the gateway; by default the one that the environment and .env configure",
    ),
]
Key = Annotated[
    str,
    typer.Option(
        "--api-key",
        envvar="API_KEY",
        show_default=False,
        help="an API key; by default the one in .env, or the one of the installation on this machine",
    ),
]
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - only compared
LOOPBACK = "127.0.0.1"
PORT = "8080"


def api_at(url: str, api_key: str, *, retry_seconds: float = RETRY_SECONDS) -> Api:
    """A client of the API at this address with this key; an empty value is replaced by the configured one.

    Ends the program with `EXIT_SETTINGS` when there is no key.
    """
    return Api(*address_and_key(url, api_key), retry_seconds)


def address_and_key(url: str, api_key: str) -> tuple[str, str]:
    """The address of the API and the key; an empty value is replaced by the configured one.

    The address comes from GAPLESS_URL, HEALTH_HOST and HEALTH_PORT in the environment and `.env`. The key comes from
    the file that API_KEY_FILE names, from `.env`, or from the installation on this machine. Ends the program with
    `EXIT_SETTINGS` when there is no key.
    """
    env_file = {name: value for name, value in dotenv_values(".env").items() if value}
    settings = env_file | {name: value for name, value in os.environ.items() if value}
    return url or _address(settings), api_key or _key(env_file)


def _address(settings: dict[str, str]) -> str:
    if url := settings.get("GAPLESS_URL"):
        return url
    host = settings.get("HEALTH_HOST", LOOPBACK)
    host = LOOPBACK if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.get('HEALTH_PORT', PORT)}"


def _key(env_file: dict[str, str]) -> str:
    error_text = "API_KEY: missing. Format: an API key of this installation. Example: API_KEY=… gapless doctor"
    try:
        if key_file := os.environ.get("API_KEY_FILE"):
            if key := Path(key_file).read_text(encoding="utf-8").strip():
                return key
            error_text = f"API_KEY_FILE: {key_file} is empty"
        if key := env_file.get("API_KEY", "") or _key_of_installation():
            return key
    except OSError as error:
        error_text = f"API_KEY: cannot read {error.filename}: {error.strerror}"
    typer.echo(error_text, err=True)
    raise typer.Exit(EXIT_SETTINGS)


def _key_of_installation() -> str:
    """The first API key of the installation on this machine; empty if there is none.

    Raises `OSError` if its file cannot be read.
    """
    for each in entry_points(group="gapless.installation", name="api_key"):
        key: str = each.load()()
        return key
    return ""
