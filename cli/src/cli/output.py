"""What a command prints: a table that fits the terminal, or JSON."""

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Annotated

import typer
from pydantic import BaseModel, TypeAdapter
from rich.console import Console
from rich.table import Table
from rich.text import Text

PLAIN_WIDTH = 200
"""Columns of the output if it is not a terminal."""
BYTES_PER_UNIT = 1024
WIDE = 120
"""From this width on, a table also shows what a person rarely needs."""
ID, ID_WIDTH = "id", 36
UNITS = ("B", "KiB", "MiB", "GiB", "TiB")

AsJson = Annotated[bool, typer.Option("--json", help="print JSON, as the REST API answers")]
Limit = Annotated[int, typer.Option(min=1, max=500, help="maximum number of lines")]


def console() -> Console:
    """A console for standard output, with the width of the terminal or `PLAIN_WIDTH`."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Console(width=width, markup=False, emoji=False, highlight=False)


def print_json(answer: BaseModel | Sequence[BaseModel]) -> None:
    """Print one model or a list of models as JSON, with the field names of the API."""
    typer.echo(TypeAdapter[object](object).dump_json(answer, by_alias=True, indent=2).decode())


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, more: int = 0, if_wide: Sequence[str] = ()
) -> None:
    """Print a table. The last column is wrapped, the others are cut off where the terminal is too narrow.

    Ids are never cut off. Columns in `if_wide` are left out on terminals narrower than `WIDE` columns. `more` is the
    number of items that are not shown; it is printed to standard error.
    """
    screen = console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    shown = [screen.width >= WIDE or name not in if_wide for name in columns]
    for name in compress(columns, shown):
        last = name == columns[-1]
        width = ID_WIDTH if name == ID else None
        table.add_column(name, overflow="fold" if last else "ellipsis", no_wrap=not last, min_width=width)
    for row in rows:
        table.add_row(*(Text(cell(each)) for each in compress(row, shown)))
    screen.print(table if table.row_count else "Nothing found.")
    if more > 0:
        typer.echo(f"… and {more} more; --limit shows more lines", err=True)


def print_fields(fields: Iterable[tuple[str, object]]) -> None:
    """Print the names and values of one thing, one per line, without those that have no value."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for name, value in fields:
        if value not in (None, "", []):
            table.add_row(name, Text(cell(value)))
    console().print(table)


def cell(value: object) -> str:
    """A value as one cell: times in local time, lists with commas, nothing as –."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(cell(each) for each in value)
    return str(value)


def size_text(size_bytes: float | None) -> str:
    """A size with its unit: 1536 becomes 1.5 KiB."""
    if size_bytes is None:
        return "–"
    size = float(size_bytes)
    for unit in UNITS[:-1]:
        if abs(size) < BYTES_PER_UNIT:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= BYTES_PER_UNIT
    return f"{size:.1f} {UNITS[-1]}"


def place_text(series: str | None, sequence: str | None) -> str:
    """A series and the place in it: Oz 3."""
    return " ".join(each for each in (series, sequence) if each)
