"""`gapless run`."""

from typing import Annotated

import typer

from cli.connection import RETRY_SECONDS, Key, Url, gapless_at
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.output import console


def run(
    url: Url = "",
    api_key: Key = "",
    metadata: Annotated[str, typer.Option(help="task that refreshes metadata")] = "metadata_daily",
    wait_minutes: Annotated[float, typer.Option(min=0, help="longest time to wait for downloads")] = 60.0,
) -> None:
    """Run one full cycle: check, authenticate, scan, find gaps, search, download, import, refresh metadata.

    Exit status: 0 if every phase succeeded, else 1.
    """
    with gapless_at(url, api_key, retry_seconds=RETRY_SECONDS) as gapless:
        summary = run_cycle(gapless, Options(metadata_task=metadata, wait_minutes=wait_minutes), console())
    raise typer.Exit(0 if summary.complete else 1)
