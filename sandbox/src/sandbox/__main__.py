"""The sandbox's command line."""

import asyncio
import signal
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from sandbox.server import FIXED_PORTS, Sandbox
from sandbox.validation import mistakes_in
from sandbox.world import load
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


@app.command()
def serve(
    world: Annotated[Path, typer.Option(help="A world file", exists=True, dir_okay=False)],
    folder: Annotated[Path | None, typer.Option(help="Where library, downloads and state are kept")] = None,
    host: Annotated[str, typer.Option(help="The address to listen at")] = "127.0.0.1",
    known_as: Annotated[str | None, typer.Option(help="The host name that others reach it by")] = None,
    free_ports: Annotated[bool, typer.Option("--free-ports", help="Take any free ports, not the fixed ones")] = False,
    write_settings: Annotated[Path | None, typer.Option(help="A file for the settings that point here")] = None,
) -> None:
    """Serve all stand-ins of a world at their fixed ports, until interrupted."""
    mistakes = mistakes_in(world)
    if mistakes:
        for mistake in mistakes:
            typer.echo(str(mistake), err=True)
        raise typer.Exit(1)
    kept = folder or Path(tempfile.mkdtemp(prefix="gapless-sandbox-"))
    ports = {} if free_ports else FIXED_PORTS
    try:
        asyncio.run(
            _serve(Sandbox(load(world), folder=kept, host=host, known_as=known_as, ports=ports), write_settings)
        )
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


async def _serve(sandbox: Sandbox, write_settings: Path | None) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with sandbox:
        typer.echo(f"The world {sandbox.world.name!r} is served at")
        for name, url in sandbox.urls.items():
            typer.echo(f"  {name:<15} {url}")
        typer.echo("Settings that point Gapless here:")
        for name, value in sandbox.settings().items():
            typer.echo(f"  {name}={value}")
        _keep(write_settings, sandbox.settings())
        await stop.wait()
    _keep(write_settings, {})


def _keep(file: Path | None, settings: dict[str, str]) -> None:
    """Leave the settings in a file, for as long as there are any; who waits for it never sees half of it."""
    if file is None:
        return
    if settings:
        unfinished = file.with_name(f"{file.name}.unfinished")
        unfinished.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
        unfinished.replace(file)
    else:
        file.unlink(missing_ok=True)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
