"""List the corrections of metadata, and undo them."""

from typing import Annotated
from uuid import UUID

import typer
from gapless_client.models import CorrectionStatus

from cli.connection import Key, Url, gapless_at
from cli.output import AsJson, Limit, print_fields, print_json, print_table
from cli.value_text import value_text

app = typer.Typer(no_args_is_help=True, help=__doc__)
Which = Annotated[UUID, typer.Argument(metavar="ID", help="id of a correction, from `gapless corrections list`")]


@app.command("list")
def list_corrections(
    status: Annotated[CorrectionStatus | None, typer.Option(help="only corrections with this status")] = None,
    source: Annotated[str | None, typer.Option(help="only corrections from this source, such as AUDIBLE")] = None,
    book: Annotated[UUID | None, typer.Option(help="only corrections of the book with this id")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """List corrections, newest first."""
    with gapless_at(url, api_key) as gapless:
        page = gapless.metadata.list_corrections(status=status, source=source, book_id=book, limit=limit)
    if as_json:
        return print_json(page)
    rows = (
        (each.id, each.made_at, each.status, each.source, each.field, each.book_title, _change(each.old, each.new))
        for each in page.items
    )
    columns = ("id", "made", "status", "source", "field", "book", "change")
    print_table(columns, rows, more=page.total - len(page.items))


@app.command("show")
def show_correction(correction: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show a correction with the reasons for it."""
    with gapless_at(url, api_key) as gapless:
        found = gapless.metadata.get_correction(correction)
    if as_json:
        return print_json(found)
    print_fields(
        [
            ("id", found.id), ("book", found.book_title), ("field", found.field), ("from", value_text(found.old)),
            ("to", value_text(found.new)), ("source", found.source), ("confidence", found.confidence),
            ("status", found.status), ("detail", found.status_detail), ("made", found.made_at),
            ("made by", found.made_by), ("undone", found.undone_at), ("why", [each.words for each in found.reasons]),
        ]
    )  # fmt: skip


@app.command("undo")
def undo_correction(correction: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Undo a correction: the book gets its old value back, and the field is not corrected the same way again."""
    with gapless_at(url, api_key) as gapless:
        undone = gapless.metadata.undo_correction(correction)
    if as_json:
        return print_json(undone)
    typer.echo(f"{undone.book_title}: {undone.field} becomes {value_text(undone.old)} again ({undone.status})")


def _change(old: object, new: object) -> str:
    return f"{value_text(old)} → {value_text(new)}"
