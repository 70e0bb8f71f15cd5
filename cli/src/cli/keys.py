"""`gapless keys`: who may call the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated
from uuid import UUID

import typer
from rich.table import Table
from shared.contracts.gateway.api_keys import Scope

from cli.api_client import Api, ApiProblem
from cli.connection import Key, Url, api_at
from cli.cycle.progress import console

app = typer.Typer(no_args_is_help=True, help="Lists, makes and takes back API keys; needs a key with the scope admin.")


@app.command("list")
def list_keys(url: Url = "", api_key: Key = "") -> None:
    """List the keys: on a terminal as a table, else a line each with tabs between id, scopes, last use and name."""
    with _asking(url, api_key) as api:
        keys = api.keys()
    screen = console()
    table = Table("id", "name", "scopes", "made", "last used")
    for key in keys:
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
        scopes = ",".join(key.scopes)
        if screen.is_terminal:
            table.add_row(str(key.id), key.name, scopes, f"{key.created_at:%Y-%m-%d %H:%M}", used)
        else:
            typer.echo("\t".join((str(key.id), scopes, used, key.name)))
    if screen.is_terminal:
        screen.print(table)


@app.command("add")
def add_key(
    name: Annotated[str, typer.Argument(help="what the key is for")],
    scope: Annotated[Scope, typer.Option(help="what it may do; each includes those before it")] = Scope.READ,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Make a key and print it: alone on standard output, so that a program can take it. It is not shown again."""
    with _asking(url, api_key) as api:
        made = api.make_key(name, scope)
    typer.echo(f"{made.name}: a key with the scope {scope.value}, shown only now (id {made.id})", err=True)
    typer.echo(made.key)


@app.command("remove")
def remove_key(
    key_id: Annotated[UUID, typer.Argument(metavar="ID", help="its id, as `gapless keys list` shows it")],
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Take a key back; the last one with the scope admin stays."""
    with _asking(url, api_key) as api:
        api.remove_key(key_id)
    typer.echo(f"removed {key_id}", err=True)


@contextmanager
def _asking(url: str, api_key: str) -> Iterator[Api]:
    api = api_at(url, api_key, patience_seconds=0)
    try:
        yield api
    except ApiProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    finally:
        api.close()
