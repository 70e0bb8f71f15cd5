"""List, create and revoke API keys. Needs a key with the scope admin."""

from typing import Annotated
from uuid import UUID

import typer
from gapless_client import every
from gapless_client.models import NewApiKey, Scope
from rich.table import Table

from cli.connection import Key, Url, gapless_at
from cli.output import console

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.command("list")
def list_keys(url: Url = "", api_key: Key = "") -> None:
    """List the keys: as a table on a terminal, else one per line, with id, scopes, last use and name between tabs."""
    with gapless_at(url, api_key) as gapless:
        keys = list(every(gapless.keys.list))
    screen = console()
    table = Table("id", "name", "scopes", "created", "last used")
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
    scope: Annotated[Scope, typer.Option(help="what the key may do; each scope includes those before it")] = Scope.READ,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Create a key and print it, alone on standard output for use in scripts. It is not shown again."""
    with gapless_at(url, api_key) as gapless:
        created = gapless.keys.make(NewApiKey(name=name, scopes=[scope]))
    typer.echo(f"{created.name}: a key with the scope {scope.value}, shown only now (id {created.id})", err=True)
    typer.echo(created.key)


@app.command("remove")
def remove_key(
    key_id: Annotated[UUID, typer.Argument(metavar="ID", help="id of the key, from `gapless keys list`")],
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Revoke a key. The last key with the scope admin cannot be revoked."""
    with gapless_at(url, api_key) as gapless:
        gapless.keys.delete(key_id)
    typer.echo(f"revoked {key_id}", err=True)
