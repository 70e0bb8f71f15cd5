"""The address of the API and the key, for all commands that call it."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gapless_client import Gapless

Url = Annotated[
    str,
    typer.Option(
        "--url",
        envvar="GAPLESS_URL",
        show_default=False,
        help="address of the gateway; by default the one that the environment, .env or config.toml configure",
    ),
]
Key = Annotated[
    str,
    typer.Option(
        "--api-key",
        envvar=["GAPLESS_API_KEY", "API_KEY"],
        show_default=False,
        help="an API key; by default the one in .env or config.toml, or the one of the installation on this machine",
    ),
]
EXIT_SETTINGS = 78
"""The exit status of a program whose settings are wrong (EX_CONFIG of sysexits.h)."""
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - only compared
LOOPBACK = "127.0.0.1"
PORT = "8080"
RETRY_SECONDS = 45.0
"""How long a request of a cycle is repeated while the gateway or a service is unavailable."""
KEY_MISSING = (
    "API_KEY: missing. Format: an API key of this installation. Example: GAPLESS_API_KEY=… gapless books list, or the"
    ' line api_key = "…" in {file}'
)


def gapless_at(url: str, api_key: str, *, retry_seconds: float = 0.0, timeout_seconds: float = 60.0) -> "Gapless":
    """A client of the API at this address with this key; an empty value is replaced by the configured one.

    Ends the program with `EXIT_SETTINGS` when there is no key.
    """
    from gapless_client import Gapless  # noqa: PLC0415 - only commands that call the API need these packages

    address, key = address_and_key(url, api_key)
    return Gapless(address, key, retry_seconds=retry_seconds, timeout_seconds=timeout_seconds)


def address_and_key(url: str, api_key: str) -> tuple[str, str]:
    """The address of the API and the key; an empty value is replaced by the configured one.

    The address comes from GAPLESS_URL, HEALTH_HOST and HEALTH_PORT in the environment and `.env`, then from
    `config_file()`. The key comes from the file that API_KEY_FILE names, from `.env`, from `config_file()`, or from the
    installation on this machine. Ends the program with `EXIT_SETTINGS` when there is no key.
    """
    from dotenv import dotenv_values  # noqa: PLC0415 - see above

    env_file = {name: value for name, value in dotenv_values(".env").items() if value}
    settings = env_file | {name: value for name, value in os.environ.items() if value}
    configured = _configured()
    return url or _address(settings, configured), api_key or _key(env_file, configured)


@contextmanager
def failures_as_messages() -> Iterator[None]:
    """End the program with the status 1 and a message that says what to do, if the API refuses a request."""
    try:
        yield
    except Exception as error:
        from gapless_client import ApiProblem  # noqa: PLC0415 - see above

        if not isinstance(error, ApiProblem):
            raise
        typer.echo(f"{error}. {error.remedy}." if error.remedy else f"{error}", err=True)
        raise typer.Exit(1) from error


def config_file() -> Path:
    """The file with `url` and `api_key` of this user: `gapless/config.toml` in XDG_CONFIG_HOME or `~/.config`."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "gapless" / "config.toml"


def _configured() -> dict[str, str]:
    file = config_file()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        typer.echo(f'{file}: cannot be read: {error}. Example: url = "http://127.0.0.1:8080"', err=True)
        raise typer.Exit(EXIT_SETTINGS) from error
    return {name: str(value) for name, value in content.items() if value}


def _address(settings: dict[str, str], configured: dict[str, str]) -> str:
    if url := settings.get("GAPLESS_URL"):
        return url
    if not {"HEALTH_HOST", "HEALTH_PORT"} & settings.keys() and (url := configured.get("url")):
        return url
    host = settings.get("HEALTH_HOST", LOOPBACK)
    host = LOOPBACK if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.get('HEALTH_PORT', PORT)}"


def _key(env_file: dict[str, str], configured: dict[str, str]) -> str:
    error_text = KEY_MISSING.format(file=config_file())
    try:
        if key_file := os.environ.get("API_KEY_FILE"):
            if key := Path(key_file).read_text(encoding="utf-8").strip():
                return key
            error_text = f"API_KEY_FILE: {key_file} is empty"
        if key := env_file.get("API_KEY") or configured.get("api_key") or _key_of_installation():
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
