"""`gapless`: a client of the REST API, and the commands that other installed parts bring along."""

import os
import sys
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer
from shared.chassis.settings import EXIT_SETTINGS

from gateway.cycle.client import Api, ApiProblem
from gateway.cycle.phases import Options
from gateway.cycle.show import console, run_cycle

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Keeps an audiobook library complete.")

Url = Annotated[str, typer.Option("--url", envvar="GAPLESS_URL", help="address of the gateway")]
Key = Annotated[str, typer.Option("--api-key", envvar="API_KEY", help="an API key with the scope write")]


@app.callback()
def _gapless() -> None:
    """Keeps an audiobook library complete, correctly described and in good standing."""


@app.command()
def run(
    url: Url = "http://127.0.0.1:8080",
    api_key: Key = "",
    metadata: Annotated[str, typer.Option(help="task that describes books")] = "metadata_daily",
    wait_minutes: Annotated[float, typer.Option(min=0, help="how long downloads are waited for")] = 60.0,
) -> None:
    """One full cycle: check, authenticate, scan and find gaps, search, download and import, enrich.

    Ends with 0 only when every phase did.
    """
    api = Api(url, api_key or _key_from_file())
    try:
        summary = run_cycle(api, Options(metadata_task=metadata, wait_minutes=wait_minutes), console())
    except ApiProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        api.close()
    raise typer.Exit(0 if summary.complete else 1)


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


@app.command()
def bench(task: Annotated[str, typer.Argument(help="T1 to T5")], cases: Path) -> None:
    """Write a prediction a line for the cases of a task; only the cases' input fields are read."""
    from shared.books.bench import predict  # noqa: PLC0415 - the tables of book knowledge are only read for this

    with cases.open(encoding="utf-8") as lines:
        for prediction in predict(task, lines):
            typer.echo(prediction)


def main() -> None:
    """The command, with what other parts add to it (`gapless up` and `gapless demo` where they are installed)."""
    if sys.argv[1:2] not in (["run"], ["bench"]):
        for each in entry_points(group="gapless.commands"):
            with suppress(ModuleNotFoundError):  # a container has no servers of its own for them
                app.command(each.name)(each.load())
    app()
