"""List the series, show the works of one, and decide which of them are wanted."""

from enum import StrEnum
from typing import Annotated

import typer
from gapless_client import Gapless
from gapless_client.models import CompletionStatus, Series, SeriesUpdate

from cli.connection import Key, Url, gapless_at
from cli.daily.choice import chosen
from cli.daily.runs import show_run
from cli.output import AsJson, Limit, cell, print_json, print_table

app = typer.Typer(no_args_is_help=True, help=__doc__)
Which = Annotated[str, typer.Argument(metavar="SERIES", help="its id, or words of its name")]


class Follow(StrEnum):
    """Which works of a series are wanted."""

    ALL = "all"
    FROM_NOW_ON = "from_now_on"
    NONE = "none"


@app.command("list")
def list_series(
    words: Annotated[str, typer.Argument(help="words of the name")] = "",
    status: Annotated[CompletionStatus | None, typer.Option(help="only series that are this complete")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """List series, those with most missing books first."""
    if words and status:
        raise typer.BadParameter("give words or --status, but not both")
    with gapless_at(url, api_key) as gapless:
        if words:
            page = gapless.series.search(query=words, limit=limit)
        else:
            page = gapless.series.list(completion_status=status, limit=limit, sort="-missing")
    if as_json:
        return print_json(page)
    rows = ((each.id, each.owned, each.missing, each.upcoming, each.follow, each.name) for each in page.items)
    columns = ("id", "owned", "missing", "upcoming", "follow", "name")
    print_table(columns, rows, more=page.total - len(page.items), if_wide=["id"])


@app.command("show")
def show_series(series: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show every work of a series, whether the library has it, and why not."""
    with gapless_at(url, api_key) as gapless:
        works = gapless.series.list_works(_chosen(gapless, series).id, limit=200)
    if as_json:
        return print_json(works)
    counts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in works.counts.items() if count)
    typer.echo(f"{works.name}: {counts}")
    rows = ((each.place, each.state, each.title, each.why) for each in works.items)
    print_table(("place", "state", "title", "why"), rows, more=works.total - len(works.items))
    if works.problem:
        typer.echo(works.problem, err=True)


@app.command("check")
def check_series(series: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Compare a series with the providers again, and find its gaps. Waits for the result."""
    with gapless_at(url, api_key) as gapless:
        show_run(gapless, gapless.series.check(_chosen(gapless, series).id), as_json=as_json)


@app.command("follow")
def follow_series(
    series: Which,
    mode: Annotated[Follow, typer.Argument(help="which works are wanted")],
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Decide which works of a series are wanted: all, those released from now on, or none."""
    with gapless_at(url, api_key) as gapless:
        changed = gapless.series.update(_chosen(gapless, series).id, SeriesUpdate(follow=mode.value))
    if as_json:
        return print_json(changed)
    typer.echo(f"{changed.name}: follow {cell(changed.follow)}; {changed.missing} books are missing now")


def _chosen(gapless: Gapless, words: str) -> Series:
    return chosen(
        "series", words, gapless.series.get, lambda: gapless.series.search(query=words, limit=50).items,
        lambda each: (each.id, each.name),
    )  # fmt: skip
