"""List the missing books, say why each is not here, and search, ignore or want them."""

from typing import Annotated

import typer
from gapless_client import Gapless, every
from gapless_client.models import (
    AbsenceReason,
    BulkResult,
    MissingBook,
    MissingBookSelection,
    MissingReason,
    MissingStatus,
    WantWork,
)

from cli.connection import Key, Url, gapless_at
from cli.daily.choice import chosen
from cli.daily.timelines import show_timeline
from cli.output import AsJson, Limit, place_text, print_fields, print_json, print_table

app = typer.Typer(no_args_is_help=True, help=__doc__)
Which = Annotated[str, typer.Argument(metavar="BOOK", help="its id, or words of its title")]


@app.command("list")
def list_wanted(
    status: Annotated[list[MissingStatus] | None, typer.Option(help="only books with one of these")] = None,
    reason: Annotated[
        list[MissingReason] | None, typer.Option(help="only books that are wanted for one of these")
    ] = None,
    absence: Annotated[
        list[AbsenceReason] | None, typer.Option(help="only books that are absent for one of these")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """List missing books, those that are searched first at the top."""
    with gapless_at(url, api_key) as gapless:
        page = gapless.books.list_missing_books(status=status, reason=reason, absence=absence, limit=limit)
    if as_json:
        return print_json(page)
    rows = (
        (each.id, each.status, place_text(each.series, each.sequence), each.authors, each.title, _why(each))
        for each in page.items
    )
    print_table(
        ("id", "status", "series", "authors", "title", "why"), rows, more=page.total - len(page.items), if_wide=["id"]
    )


@app.command("why")
def why_missing(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Say why a missing book is not in the library yet, and when it is tried again."""
    with gapless_at(url, api_key) as gapless:
        found = _chosen(gapless, book)
    if as_json:
        return print_json(found)
    absence = found.absence
    print_fields(
        [
            ("id", found.id), ("title", found.title), ("authors", found.authors),
            ("series", place_text(found.series, found.sequence)), ("status", found.status),
            ("wanted because", found.reason.replace("_", " ")), ("listed by", found.source),
            ("released", found.release_date or found.release_year), ("absent because", _why(found)),
            ("release", absence and absence.release_title), ("last search", absence and absence.last_search),
            ("searched", absence and absence.last_searched_at), ("next try", absence and absence.next_try_at),
        ]
    )  # fmt: skip


@app.command("history")
def wanted_history(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show everything that happened to a missing book, oldest first."""
    with gapless_at(url, api_key) as gapless:
        show_timeline(gapless.books.missing_timeline(_chosen(gapless, book).id), as_json=as_json)


@app.command("search")
def search_wanted(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Search a missing book now, and grab the best release if one is accepted."""
    with gapless_at(url, api_key) as gapless:
        found = _chosen(gapless, book)
        _show(gapless.books.search_missing_books(_only(found)), found, "is searched", as_json=as_json)


@app.command("ignore")
def ignore_wanted(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Ignore a missing book. `gapless wanted want` undoes it."""
    with gapless_at(url, api_key) as gapless:
        found = _chosen(gapless, book)
        _show(gapless.books.ignore_missing_books(_only(found)), found, "is ignored", as_json=as_json)


@app.command("want")
def want_again(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Want a book again that is ignored, or that the library contained once."""
    with gapless_at(url, api_key) as gapless:
        found = _chosen(gapless, book)
        _show(gapless.books.want_missing_books(_only(found)), found, "is wanted", as_json=as_json)


@app.command("add")
def add_wanted(
    title: Annotated[str, typer.Argument(help="title of the book")],
    author: Annotated[list[str], typer.Option(help="an author; repeat for several")],
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Add a wanted book. Nothing is added if the library has the book or knows it as missing."""
    with gapless_at(url, api_key) as gapless:
        added = gapless.books.want(WantWork(title=title, authors=author))
    if as_json:
        return print_json(added)
    typer.echo(f"{title}: {'added' if added.added else added.state.replace('_', ' ')}. {added.words}".rstrip(". "))


def _chosen(gapless: Gapless, words: str) -> MissingBook:
    statuses = [each for each in MissingStatus if each is not MissingStatus.COMPLETED]

    def search() -> list[MissingBook]:
        missing = every(gapless.books.list_missing_books, status=statuses)
        return [each for each in missing if words.casefold() in each.title.casefold()]

    return chosen("missing book", words, gapless.books.get_missing_book, search, lambda each: (each.id, each.title))


def _only(book: MissingBook) -> MissingBookSelection:
    return MissingBookSelection(ids=[book.id])


def _show(result: BulkResult, book: MissingBook, words: str, *, as_json: bool) -> None:
    if as_json:
        return print_json(result)
    for each in result.problems:
        typer.echo(f"{book.title}: {each.problem.detail or each.problem.title}", err=True)
    if not result.done:
        raise typer.Exit(1)
    typer.echo(f"{book.title} {words}")


def _why(book: MissingBook) -> str:
    if book.absence is None:
        return ""
    return book.absence.words or book.absence.reason.replace("_", " ")
