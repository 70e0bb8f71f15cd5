"""`gapless search` and `gapless grab`."""

from typing import Annotated
from uuid import UUID

import typer
from gapless_client.models import GrabFoundRelease, Indexer, JudgedRelease

from cli.connection import Key, Url, gapless_at
from cli.output import AsJson, print_json, print_table, size_text


def search(
    words: Annotated[str, typer.Argument(help="title, and author or series")] = "",
    wanted: Annotated[UUID | None, typer.Option(help="id of a missing book to search for instead")] = None,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Search releases at MyAnonamouse and Prowlarr, and show what would be decided about each.

    Each search uses requests of your account at the tracker.
    """
    if not words and wanted is None:
        raise typer.BadParameter("give words to search for, or --wanted with the id of a missing book")
    with gapless_at(url, api_key) as gapless:
        found = gapless.releases.search(query=words or None, missing_book_id=wanted)
    if as_json:
        return print_json(found)
    columns = ("indexer", "id", "verdict", "size", "seeds", "format", "title", "why")
    print_table(columns, (_row(each) for each in found.releases))
    for problem in found.problems:
        typer.echo(problem, err=True)


def grab(
    release: Annotated[str, typer.Argument(metavar="ID", help="id of a release, from `gapless search`")],
    indexer: Annotated[Indexer, typer.Option(help="where it was found")] = Indexer.MAM,
    wanted: Annotated[UUID | None, typer.Option(help="id of the missing book that it is")] = None,
    as_json: AsJson = False,
    url: Url = "",
    api_key: Key = "",
) -> None:
    """Send a release of the last search to the download client."""
    with gapless_at(url, api_key) as gapless:
        grabbed = gapless.releases.grab(GrabFoundRelease(indexer=indexer, release_id=release, missing_book_id=wanted))
    if as_json:
        return print_json(grabbed)
    typer.echo(f"{grabbed.title}: {grabbed.status} (download {grabbed.id})")


def _row(judged: JudgedRelease) -> tuple[object, ...]:
    release = judged.release
    kind = " ".join(each for each in (release.filetype, "freeleech" if release.freeleech else None) if each)
    why = next((each.words for each in judged.reasons if each.verdict is not None), "")
    size = size_text(release.size_bytes)
    return release.indexer, release.id, judged.verdict, size, release.seeders, kind, release.title, why
