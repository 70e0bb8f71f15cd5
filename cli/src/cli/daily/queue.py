"""List the downloads, and retry or cancel them."""

from typing import Annotated

import typer
from gapless_client import Gapless, every
from gapless_client.models import Download, DownloadStatus

from cli.connection import Key, Url, gapless_at
from cli.daily.choice import chosen
from cli.daily.timelines import show_timeline
from cli.output import AsJson, Limit, print_json, print_table, size_text

app = typer.Typer(no_args_is_help=True, help=__doc__)
Which = Annotated[str, typer.Argument(metavar="DOWNLOAD", help="its id, or words of the book's title")]
ENDED = (DownloadStatus.IMPORTED, DownloadStatus.CANCELLED, DownloadStatus.ABANDONED)


@app.command("list")
def list_queue(
    status: Annotated[list[DownloadStatus] | None, typer.Option(help="only downloads with one of these")] = None,
    all_: Annotated[bool, typer.Option("--all", help="also those that have ended")] = False,
    limit: Limit = 50,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """List the downloads that have not ended, newest first."""
    wanted = status or (None if all_ else [each for each in DownloadStatus if each not in ENDED])
    with gapless_at(url, api_key) as gapless:
        page = gapless.downloads.list(status=wanted, limit=limit)
    if as_json:
        return print_json(page)
    rows = (
        (each.id, each.status, f"{each.progress:.0%}", size_text(each.size_bytes), each.title, _words(each))
        for each in page.items
    )
    print_table(
        ("id", "status", "done", "size", "title", "waits for"), rows, more=page.total - len(page.items), if_wide=["id"]
    )


@app.command("why")
def why_download(download: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Show everything that happened to a download, oldest first."""
    with gapless_at(url, api_key) as gapless:
        show_timeline(gapless.downloads.timeline(_chosen(gapless, download).id), as_json=as_json)


@app.command("retry")
def retry_download(download: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Try a download again that failed, was cancelled or given up, beginning with the search."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.downloads.retry(_chosen(gapless, download).id), as_json=as_json)


@app.command("cancel")
def cancel_download(download: Which, as_json: AsJson = False, url: Url = "", api_key: Key = "") -> None:
    """Cancel a download. The torrent stays in the client until its seeding duty is met."""
    with gapless_at(url, api_key) as gapless:
        _show(gapless.downloads.cancel(_chosen(gapless, download).id), as_json=as_json)


def _chosen(gapless: Gapless, words: str) -> Download:
    return chosen(
        "download", words, gapless.downloads.get, lambda: list(every(gapless.downloads.search, query=words)),
        lambda each: (each.id, each.title),
    )  # fmt: skip


def _show(download: Download, *, as_json: bool) -> None:
    if as_json:
        return print_json(download)
    typer.echo(f"{download.title}: {download.status}")


def _words(download: Download) -> str:
    return download.error or download.waiting_for or download.release_title or ""
