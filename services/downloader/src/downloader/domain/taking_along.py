"""What was learnt about an edition where its release was found."""

from shared.books.identifiers import asin_in, isbn13
from shared.contracts.library.books import MetadataTakenAlong
from shared.contracts.values import SeriesPlace

from downloader.domain.download import Download


def narrators_of(download: Download) -> list[str]:
    """Who reads it: only the release can tell, for a book has many readings."""
    return download.release.narrators if download.release else []


def taken_along(download: Download) -> MetadataTakenAlong:
    """The work's facts from what was missing, the edition's from the release.

    The missing book's own ASIN belongs to an edition that may not be this one, so it is left out unless the release
    names the same.
    """
    wanted, release = download.wanted, download.release
    series = [SeriesPlace(name=wanted.series, sequence=wanted.sequence)] if wanted.series else []
    return MetadataTakenAlong(
        title=wanted.title,
        authors=wanted.authors,
        narrators=narrators_of(download),
        series=series or (release.series if release else []),
        asin=(release.asin or asin_in(release.isbn)) if release else None,
        isbn=isbn13(release.isbn) if release else None,
        language=wanted.language,
        abridged=release.abridged if release else None,
        source=release.indexer.value if release else "MAM",
    )
