"""List the books of the library, show one, its history, and refresh its metadata."""

from typing import Annotated

import typer
from gapless_client import Gapless
from gapless_client.models import Book, BookStatus

from cli.connection import Key, Url, gapless_at
from cli.daily.choice import chosen
from cli.daily.runs import show_run
from cli.daily.timelines import show_timeline
from cli.output import AsJson, Limit, place_text, print_fields, print_json, print_table, size_text
from cli.value_text import value_text

app = typer.Typer(no_args_is_help=True, help=__doc__)
Which = Annotated[str, typer.Argument(metavar="BOOK", help="its id, or words of its title")]


@app.command("list")
def list_books(
    words: Annotated[str, typer.Argument(help="words of title, author, series or narrator")] = "",
    author: Annotated[str | None, typer.Option(help="only books of this author")] = None,
    series: Annotated[str | None, typer.Option(help="only books of this series")] = None,
    incomplete: Annotated[bool, typer.Option("--incomplete", help="only books without some of the metadata")] = False,
    status: Annotated[BookStatus | None, typer.Option(help="only books with this status")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """List books, newest first."""
    if words and (author or series or incomplete):
        raise typer.BadParameter("give words, or --author, --series and --incomplete, but not both")
    with gapless_at(url, api_key) as gapless:
        if words:
            page = gapless.books.search(query=words, status=status, limit=limit)
        else:
            page = gapless.books.list(
                author=author, series=series, incomplete=incomplete or None, status=status, limit=limit
            )
    if as_json:
        return print_json(page)
    rows = ((str(each.id), each.added_at, _place(each), each.authors, each.title) for each in page.items)
    print_table(("id", "added", "series", "authors", "title"), rows, more=page.total - len(page.items), if_wide=["id"])


@app.command("show")
def show_book(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show one book with its metadata."""
    with gapless_at(url, api_key) as gapless:
        found = _chosen(gapless, book)
    if as_json:
        return print_json(found)
    hours = found.duration_seconds / 3600 if found.duration_seconds else None
    print_fields(
        [
            ("id", found.id), ("title", found.title), ("subtitle", found.subtitle), ("authors", found.authors),
            ("narrators", found.narrators), ("series", [value_text([each]) for each in found.series]),
            ("published", found.published_year), ("publisher", found.publisher), ("language", found.language),
            ("genres", found.genres), ("ASIN", found.asin), ("ISBN", found.isbn), ("format", found.format),
            ("duration", hours and f"{hours:.1f} hours"), ("size", size_text(found.size_bytes)),
            ("complete", f"{found.completeness_percent} %"), ("match", found.match_confidence),
            ("locked", found.locked_fields), ("added", found.added_at), ("folder", found.path),
        ]
    )  # fmt: skip


@app.command("history")
def book_history(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show everything that happened to a book, oldest first."""
    with gapless_at(url, api_key) as gapless:
        show_timeline(gapless.books.timeline(_chosen(gapless, book).id), as_json=as_json)


@app.command("refresh")
def refresh_book(book: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Look a book up at the providers again, and correct its metadata. Waits for the result."""
    with gapless_at(url, api_key) as gapless:
        show_run(gapless, gapless.metadata.refresh_book(_chosen(gapless, book).id), as_json=as_json)


def _chosen(gapless: Gapless, words: str) -> Book:
    return chosen(
        "book", words, gapless.books.get, lambda: gapless.books.search(query=words, limit=50).items,
        lambda each: (each.id, each.title),
    )  # fmt: skip


def _place(book: Book) -> str:
    return place_text(book.series[0].name, book.series[0].sequence) if book.series else ""
