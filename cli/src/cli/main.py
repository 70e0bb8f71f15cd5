"""`gapless`: the commands that call the REST API, and those of the other installed packages."""

import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer

from cli import keys as key_commands
from cli.api_client import ApiProblem
from cli.connection import Key, Url, api_at
from cli.cycle.phases import Options
from cli.cycle.progress import console, run_cycle
from cli.doctor import GatewayUnreachable, examine, show

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Keeps an audiobook library complete.")
app.add_typer(key_commands.app, name="keys")


@app.callback()
def _gapless() -> None:
    """Keeps an audiobook library complete and correctly described."""


@app.command()
def run(
    url: Url = "",
    api_key: Key = "",
    metadata: Annotated[str, typer.Option(help="task that refreshes metadata")] = "metadata_daily",
    wait_minutes: Annotated[float, typer.Option(min=0, help="longest time to wait for downloads")] = 60.0,
) -> None:
    """Run one full cycle: check, authenticate, scan, find gaps, search, download, import, refresh metadata.

    Exit status: 0 if every phase succeeded, else 1.
    """
    api = api_at(url, api_key)
    try:
        summary = run_cycle(api, Options(metadata_task=metadata, wait_minutes=wait_minutes), console())
    except ApiProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        api.close()
    raise typer.Exit(0 if summary.complete else 1)


@app.command()
def doctor(
    url: Url = "",
    api_key: Key = "",
    as_json: Annotated[bool, typer.Option("--json", help="print the findings as JSON")] = False,
) -> None:
    """Check settings, services, schemas, backlogs, clocks, folders and outside systems, and say what to do.

    Exit status: 0 without faults, 1 with a fault, 2 if the gateway cannot be reached.
    """
    api = api_at(url, api_key, retry_seconds=0)
    try:
        diagnosis = examine(api, api.url)
    except GatewayUnreachable as error:
        typer.echo(f"doctor: {error}", err=True)
        raise typer.Exit(2) from error
    finally:
        api.close()
    if as_json:
        typer.echo(diagnosis.model_dump_json(indent=1))
    else:
        show(console(), diagnosis)
    raise typer.Exit(0 if diagnosis.healthy else 1)


def main() -> None:
    """Run the command line, with those that packages add: `up`, `demo`, `backup`, `restore`, `bench`, `support-bundle`.

    A package that is installed but cannot be imported is an error: its command must not disappear silently.
    """
    if sys.argv[1:2] not in (["run"], ["keys"], ["doctor"]):
        for each in entry_points(group="gapless.commands"):
            app.command(each.name)(each.load())
    app()
