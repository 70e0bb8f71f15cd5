"""The sandbox's command line."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.validation import mistakes_in
from sandbox.worldmaking.shipped import SANDBOX, SHIPPED, schema_text, world_text

app = typer.Typer(help="Stand-ins for every outside system, sharing one world.", no_args_is_help=True)


@app.callback()
def main_options() -> None:
    """Keep every command named, however few there are."""


@app.command()
def validate(file: Annotated[Path, typer.Argument(help="A world file", exists=True, dir_okay=False)]) -> None:
    """Check a world file: one line for each mistake, exit code 1 when there is one."""
    mistakes = mistakes_in(file)
    for mistake in mistakes:
        typer.echo(str(mistake))
    if mistakes:
        raise typer.Exit(1)
    typer.echo(f"{file}: a valid world")


@app.command()
def make_worlds(folder: Annotated[Path, typer.Argument(help="The sandbox's folder")] = SANDBOX) -> None:
    """Write anew the worlds that the project ships, and the JSON schema of their format."""
    (folder / "worlds").mkdir(parents=True, exist_ok=True)
    for name, make in SHIPPED.items():
        (folder / "worlds" / f"{name}.json").write_text(world_text(make()), "utf-8")
    (folder / "world.schema.json").write_text(schema_text(), "utf-8")


def main() -> None:
    app()


if __name__ == "__main__":
    main()
