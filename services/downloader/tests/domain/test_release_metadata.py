"""The metadata of an imported book."""

from collections.abc import Callable
from typing import Any

from downloader.domain.download import Download
from downloader.domain.manual_download import wanted_from
from downloader.domain.release_metadata import imported_edition, imported_work
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

MESSY = "The Scarecrow of Oz by L. Frank Baum [ENG / M4B]"


def test_the_work_is_that_of_the_gap_and_the_edition_that_of_the_release(
    a_download: Callable[..., Download], a_release: Callable[..., Release]
) -> None:
    download = a_download(release=a_release(title=MESSY, narrators=["Tom Reed"], indexer=Indexer.PROWLARR))
    work, edition = imported_work(download), imported_edition(download)
    assert work is not None
    assert edition is not None
    assert (work.title, work.source) == (download.wanted.title, download.wanted.source)
    assert (edition.narrators, edition.source) == (["Tom Reed"], "PROWLARR")


def test_a_release_without_a_gap_has_a_work_only_if_a_person_named_it(
    a_download: Callable[..., Download], a_release: Callable[..., Release]
) -> None:
    release = a_release(title=MESSY, indexer=Indexer.PROWLARR)

    def work_named(title: str | None) -> Any:
        download = a_download(missing_book_id=None, release=release)
        download.wanted = wanted_from(release, download.id, title=title, authors=[], now=download.created_at)
        return imported_work(download)

    assert work_named(None) is None
    assert work_named("The Scarecrow of Oz").title == "The Scarecrow of Oz"
