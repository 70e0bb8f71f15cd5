"""Collects the results of a cycle in the types of the scorer, and prints the score."""

from cli.cycle.summary import Summary
from downloader.adapters.indexers.prowlarr.client import release_id
from gapless_client import Gapless, every
from gapless_client.models import Book, Correction, CorrectionStatus, MissingBook, Release
from rich.console import Console
from rich.table import Table
from sandbox.audiobookshelf.items import stable_id
from sandbox.prowlarr.indexers import indexers_of, page_of
from sandbox.scoring import Observed, ObservedBook, ObservedCorrection, ObservedGrab, ObservedImport, Score
from sandbox.world import World

SHOWN = 25
SHOWN_IN_FULL = (
    "not_found", "false", "wrong_release", "release_not_taken", "named_wrong", "wrong_correction",
    "correction_not_made",
)  # fmt: skip


def observed(api: Gapless, world: World, summary: Summary) -> Observed:
    """The results of a cycle: missing books, grabbed releases, imports and applied corrections."""
    books = {stable_id("book", book.id): book.id for book in world.library}
    shelf = {book.id: book for book in every(api.books.list, sort="added_at")}
    by_id = {str(book.id): books.get(book.abs_id, book.abs_id) for book in shelf.values() if book.abs_id is not None}
    offers = _offers_by_release_id(world)
    grabs, imports = [], []
    for each in summary.decisions:
        if each.download is not None:
            taken = [c for c in every(api.downloads.list_candidates, each.download.id) if c.grabbed]
            for candidate in taken:
                release = _release(candidate.release, offers)
                grabs.append(ObservedGrab(_book(each.missing), release))
            shelved = shelf.get(each.download.book_id) if each.download.book_id else None
            imports += [ObservedImport(_book(each.missing), _shelved(shelved))] if shelved else []
    return Observed(
        missing=tuple(_book(each.missing) for each in summary.decisions),
        grabs=tuple(grabs),
        imports=tuple(imports),
        corrections=tuple(
            _correction(each, by_id)
            for each in every(api.metadata.list_corrections, sort="made_at", status=CorrectionStatus.APPLIED)
        ),
    )


def show_score(console: Console, score: Score) -> None:
    """Print the counts, and each case that is wrong or missing."""
    table = Table(title="Compared with the expected results", show_header=False)
    for name, count in score.counts().items():
        table.add_row(name.replace("_", " "), str(count))
    console.print(table)
    for name in SHOWN_IN_FULL:
        lines: list[str] = getattr(score, name)
        for line in lines[:SHOWN]:
            console.print(f"{name.replace('_', ' ')}: {line}", highlight=False, markup=False)


def _book(missing: MissingBook) -> ObservedBook:
    return ObservedBook(
        title=missing.title,
        authors=tuple(missing.authors),
        series=missing.series,
        sequence=missing.sequence,
        reason=missing.reason,
    )


def _shelved(book: Book) -> ObservedBook:
    place = book.series[0] if book.series else None
    return ObservedBook(
        title=book.title,
        authors=tuple(book.authors),
        series=place.name if place else None,
        sequence=place.sequence if place else None,
    )


def _offers_by_release_id(world: World) -> dict[str, str]:
    """The id of each Prowlarr offer of the world, by the id of its release in Gapless."""
    return {
        release_id(indexer.id, page_of(listed.offer, indexer)): listed.offer.id
        for indexer in indexers_of(world.offers, frozenset())
        for listed in indexer.listed
    }


def _release(release: Release, offers: dict[str, str]) -> str:
    return f"{release.indexer.lower()}:{offers.get(release.id, release.id)}"


def _correction(correction: Correction, books: dict[str, str]) -> ObservedCorrection:
    return ObservedCorrection(
        book=books.get(str(correction.book_id), str(correction.book_id)),
        field=correction.field,
        old=_text(correction.old),
        new=_text(correction.new),
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(_one(each) for each in value) if isinstance(value, list) else str(value)


def _one(value: object) -> str:
    name, sequence = getattr(value, "name", None), getattr(value, "sequence", None)
    return str(value) if name is None else f"{name} #{sequence}" if sequence else str(name)
