"""The command line of the sandbox."""

import asyncio
import signal
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from sandbox.server import FIXED_PORTS, Behaviour, DownloadClient, Sandbox
from sandbox.validation import InvalidWorld, load, mistakes_in
from sandbox.worldmaking.shipped import SANDBOX, SHIPPED, schema_text, world_text

app = typer.Typer(help="Stand-ins for every outside system, which answer from one world.", no_args_is_help=True)


@app.callback()
def main_options() -> None:
    """Require a command name even if there is only one command."""


@app.command()
def validate(file: Annotated[Path, typer.Argument(help="A world file", exists=True, dir_okay=False)]) -> None:
    """Check a world file. Prints one line for each mistake and exits with 1 if there is any."""
    mistakes = mistakes_in(file)
    for mistake in mistakes:
        typer.echo(str(mistake))
    if mistakes:
        raise typer.Exit(1)
    typer.echo(f"{file} is a valid world")


@app.command()
def make_worlds(folder: Annotated[Path, typer.Argument(help="The folder of the sandbox")] = SANDBOX) -> None:
    """Write the shipped worlds and the JSON schema of their format."""
    (folder / "worlds").mkdir(parents=True, exist_ok=True)
    for name, make in SHIPPED.items():
        (folder / "worlds" / f"{name}.json").write_text(world_text(make()), "utf-8")
    (folder / "world.schema.json").write_text(schema_text(), "utf-8")


@app.command()
def serve(  # noqa: PLR0913, PLR0917 - the options of a command
    world: Annotated[Path, typer.Option(help="A world file", exists=True, dir_okay=False)],
    folder: Annotated[Path | None, typer.Option(help="The folder for library, downloads and state")] = None,
    host: Annotated[str, typer.Option(help="The address to listen on")] = "127.0.0.1",
    known_as: Annotated[str | None, typer.Option(help="The host name in the printed addresses")] = None,
    free_ports: Annotated[bool, typer.Option("--free-ports", help="Use any free ports, not the fixed ones")] = False,
    write_settings: Annotated[Path | None, typer.Option(help="A file to write Gapless's settings to")] = None,
    download_client: Annotated[
        DownloadClient, typer.Option(help="The download client in these settings", envvar="DOWNLOAD_CLIENT")
    ] = "qbittorrent",
) -> None:
    """Serve all stand-ins of a world on their fixed ports until interrupted."""
    state_folder = folder or Path(tempfile.mkdtemp(prefix="gapless-sandbox-"))
    ports = {} if free_ports else FIXED_PORTS
    behaviour = Behaviour(download_client=download_client)
    try:
        sandbox = Sandbox(
            load(world), folder=state_folder, host=host, known_as=known_as, ports=ports, behaviour=behaviour
        )
        asyncio.run(_serve(sandbox, write_settings))
    except (InvalidWorld, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


async def _serve(sandbox: Sandbox, write_settings: Path | None) -> None:
    stop = asyncio.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
    async with sandbox:
        typer.echo(f"The addresses of the world {sandbox.world.name!r}:")
        for name, url in sandbox.urls.items():
            typer.echo(f"  {name:<15} {url}")
        typer.echo("The settings for Gapless:")
        for name, value in sandbox.settings().items():
            typer.echo(f"  {name}={value}")
        _write_settings(write_settings, sandbox.settings())
        await stop.wait()
    _write_settings(write_settings, {})


def _write_settings(file: Path | None, settings: dict[str, str]) -> None:
    """Write the settings to a file atomically, or delete the file if there are none."""
    if file is None:
        return
    if settings:
        temporary = file.with_name(f"{file.name}.unfinished")
        temporary.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
        temporary.replace(file)
    else:
        file.unlink(missing_ok=True)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
