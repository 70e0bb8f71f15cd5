"""Prints what happened to a book."""

import typer
from gapless_client.models import TimelineReport

from cli.output import print_json, print_table


def show_timeline(report: TimelineReport, *, as_json: bool) -> None:
    """Print the entries, oldest first, and the services whose part is missing."""
    if as_json:
        return print_json(report)
    rows = (
        (each.at, each.service, f"to come: {each.words}" if each.to_come else each.words) for each in report.entries
    )
    print_table(("when", "service", "what"), rows)
    for each in report.silent:
        typer.echo(f"{each.service} does not answer, so its entries are missing", err=True)
