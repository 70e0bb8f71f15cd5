"""The metadata of an imported book: its work from the catalogues, its edition from the release."""

from typing import Protocol

from shared.books.text.identifiers import asin_in, isbn13
from shared.contracts.downloads.events import ImportedEdition, ImportedWork
from shared.contracts.mam.releases import Release
from shared.contracts.mam.torrent_pages import TorrentPage
from shared.contracts.values import Indexer, SeriesPlace

from downloader.domain.download import Download
from downloader.domain.manual_download import SOURCE as BY_HAND
from downloader.domain.manual_download import named_work


class ReleasePages(Protocol):
    """The pages of releases at MyAnonamouse."""

    async def page(self, release: Release) -> TorrentPage:
        """What the page of a release shows. Raises the `RemoteError` family."""


def narrators_of(download: Download) -> list[str]:
    """The narrators of the release; a missing book names those of another edition.

    Several narrators of a pack may each have read another book of it.
    """
    if download.release is None or (download.is_in_pack and len(download.release.narrators) > 1):
        return []
    return download.release.narrators


def imported_work(download: Download) -> ImportedWork | None:
    """The work of the missing book, the one that a person named, or the one that the release names apart.

    None if the download has only the raw name of the release, such as the name of a folder.
    """
    wanted, release = download.wanted, download.release
    source = wanted.source
    if source == BY_HAND and release and release.indexer is not Indexer.MANUAL:
        named = named_work(release)
        if named is not None and wanted.title == named.title:
            source = release.indexer.value  # not MANUAL: later corrections may change what no person wrote
        elif wanted.title == release.title:
            return None
    return ImportedWork(
        title=wanted.title,
        subtitle=wanted.subtitle,
        authors=wanted.authors,
        series=SeriesPlace(name=wanted.series, sequence=wanted.sequence) if wanted.series else None,
        language=wanted.language,
        source=source,
    )


def imported_edition(download: Download) -> ImportedEdition | None:
    """The release's edition; None without a release. The missing book's ASIN may be that of another edition.

    What the listing of a pack says about its books cannot be assigned to one of them.
    """
    release = download.release
    if release is None:
        return None
    if download.is_in_pack:
        return ImportedEdition(narrators=narrators_of(download), source=release.indexer.value)
    return ImportedEdition(
        authors=release.authors,
        narrators=release.narrators,
        series=release.series,
        asin=release.asin or asin_in(release.isbn),
        isbn=isbn13(release.isbn),
        source=release.indexer.value,
    )


def lacks_metadata(release: Release) -> bool:
    """Whether the page of a release at MyAnonamouse may show what its listing lacks."""
    if release.indexer is not Indexer.MAM:
        return False
    return not (release.authors and release.narrators) or any(place.sequence is None for place in release.series)


def with_page(release: Release, page: TorrentPage) -> Release:
    """The release with what only its page shows: names and positions that the listing lacks, and the exact size."""
    positions = {place.name.casefold(): place.sequence for place in page.series}
    series = [
        place.model_copy(update={"sequence": place.sequence or positions.get(place.name.casefold())})
        for place in release.series
    ]
    return release.model_copy(
        update={
            "authors": release.authors or page.authors,
            "narrators": release.narrators or page.narrators,
            "series": series or page.series,
            "tags": release.tags or page.tags,
            "category": release.category or page.category,
            "files": release.files or len(page.files) or None,
            "size_bytes": page.size_bytes,
        }
    )
