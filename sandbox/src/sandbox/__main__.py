"""The sandbox's command line."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.validation import mistakes_in

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


def main() -> None:
    app()


if __name__ == "__main__":
    main()
