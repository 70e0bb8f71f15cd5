"""Prints the top lists of the week."""

from gapless_client import ApiProblem, Gapless
from gapless_client.models import TopListEntry
from rich.console import Console
from rich.table import Table


def show_top_lists(console: Console, api: Gapless) -> None:
    """Print the lists of the enabled genres, with what the library knows of each book, or why they cannot be read."""
    try:
        answer = api.top_lists.get_weekly_top_lists()
    except ApiProblem as problem:
        console.print(f"The top lists could not be fetched: {problem}", highlight=False, markup=False)
        return
    table = Table("genre", "rank", "title", "snatched", "seeders", "in the library", title="Top lists of the week")
    for top_list in answer.lists:
        for entry in top_list.entries:
            counts = (_number(entry.snatches), _number(entry.seeders))
            table.add_row(top_list.genre, str(entry.rank), entry.title, *counts, _state(entry))
    if table.row_count:
        console.print(table)
    for each in answer.problems:
        console.print(f"top list: {each}", highlight=False, markup=False)


def _number(count: int | None) -> str:
    return "–" if count is None else str(count)


def _state(entry: TopListEntry) -> str:
    if entry.left_out_because:
        return f"left out: {entry.left_out_because}"
    return "unknown" if entry.state is None else entry.state.replace("_", " ")
