"""The metadata of an imported book."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from downloader.domain.download import Download
from downloader.domain.manual_download import wanted_from
from downloader.domain.release_metadata import imported_edition, imported_work, lacks_metadata, with_page
from shared.contracts.mam.releases import Release
from shared.contracts.mam.torrent_pages import TorrentPage
from shared.contracts.values import Indexer, SeriesPlace

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


@pytest.mark.parametrize(
    ("name", "structured", "title", "source"),
    [
        (MESSY, False, "The Scarecrow of Oz", "PROWLARR"),
        ("The Scarecrow of Oz [read by Tom Reed] by L. Frank Baum [ENG / MP3] [VIP]", False,
         "The Scarecrow of Oz", "PROWLARR"),
        ("The Scarecrow of Oz", True, "The Scarecrow of Oz", "PROWLARR"),
        ("Baum.Scarecrow.of.Oz.2011.MP3-GRP", False, None, None),
    ],
)  # fmt: skip
def test_a_release_without_a_gap_has_the_work_that_it_names_apart(
    a_download: Callable[..., Download],
    a_release: Callable[..., Release],
    name: str,
    structured: bool,
    title: str | None,
    source: str | None,
) -> None:
    release = a_release(title=name, indexer=Indexer.PROWLARR, structured=structured, authors=[], series=[])
    download = a_download(missing_book_id=None, release=release)
    download.wanted = wanted_from(release, download.id, title=None, authors=[], now=download.created_at)
    work = imported_work(download)
    assert (work and work.title, work and work.source) == (title, source)
    assert download.wanted.title == (title or name)


def test_a_title_that_a_person_entered_is_theirs(
    a_download: Callable[..., Download], a_release: Callable[..., Release]
) -> None:
    release = a_release(title=MESSY, indexer=Indexer.PROWLARR, structured=False)
    download = a_download(missing_book_id=None, release=release)
    download.wanted = wanted_from(release, download.id, title="Scarecrow", authors=[], now=download.created_at)
    work = imported_work(download)
    assert work is not None
    assert (work.title, work.source) == ("Scarecrow", "MANUAL")


OZ_PAGE = TorrentPage(
    release_id="901",
    title="The Scarecrow of Oz",
    authors=["Another Spelling"],
    narrators=["Tom Reed"],
    series=[SeriesPlace(name="oz", sequence="9")],
    category="Audiobooks - Fantasy",
    size_bytes=230_000_123,
    read_at=datetime(2026, 3, 1, tzinfo=UTC),
)


def test_a_page_is_read_only_for_a_release_whose_listing_lacks_something(a_release: Callable[..., Release]) -> None:
    complete = a_release(
        authors=["L. Frank Baum"], narrators=["Tom Reed"], series=[SeriesPlace(name="Oz", sequence="9")]
    )
    assert not lacks_metadata(complete)
    assert lacks_metadata(complete.model_copy(update={"narrators": []}))
    assert lacks_metadata(complete.model_copy(update={"series": [SeriesPlace(name="Oz")]}))
    assert not lacks_metadata(complete.model_copy(update={"narrators": [], "indexer": Indexer.PROWLARR}))


def test_a_page_adds_what_the_listing_lacks_and_replaces_only_the_size(
    a_download: Callable[..., Download], a_release: Callable[..., Release]
) -> None:
    listed = a_release(authors=["L. Frank Baum"], narrators=[], series=[SeriesPlace(name="Oz")])
    release = with_page(listed, OZ_PAGE)
    assert (release.authors, release.narrators) == (["L. Frank Baum"], ["Tom Reed"])
    assert release.series == [SeriesPlace(name="Oz", sequence="9")]
    assert release.size_bytes == 230_000_123
    edition = imported_edition(a_download(release=release))
    assert edition is not None
    assert edition.narrators == ["Tom Reed"]
