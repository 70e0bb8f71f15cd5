"""When a release that holds several books is taken."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from downloader.domain.download import Download
from downloader.domain.download_client import ContentFile
from downloader.domain.limits import GrabContext, Limits
from downloader.domain.packs import (
    against_pack,
    book_of,
    contents_in_client,
    decision_on,
    known_books,
    part_of,
    share_author_or_series,
    worth_its_bytes,
)
from shared.books.packs.description import PackKind, PackPart, PackVerdict
from shared.books.releases.description import Outcome
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.downloads import ReplacedBook
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

MB = 1_000_000


def filling(*downloads: Download, share: float = 0.6) -> PackVerdict:
    size = 100 * MB
    parts = tuple(PackPart(str(each.id), ("a.m4b",), size, 0.95, "its file names it") for each in downloads)
    return PackVerdict(PackKind.PACK, parts, int(size * len(parts) / share))


@pytest.mark.parametrize(
    ("books", "share", "limits", "taken"),
    [
        (2, 0.5, Limits(), True),
        (1, 1.0, Limits(), False),
        (3, 0.49, Limits(), False),
        (1, 0.1, Limits(pack_min_books=1, pack_min_wanted_share=0.1), True),
        (9, 1.0, Limits(pack_min_books=0), False),
    ],
)
def test_a_pack_is_worth_its_bytes_if_it_fills_enough_books(
    books: int, share: float, limits: Limits, taken: bool, a_download: Callable[..., Download]
) -> None:
    finding = worth_its_bytes(filling(*(a_download() for _ in range(books)), share=share), limits)

    assert (finding.outcome is Outcome.ACCEPTED) is taken
    assert f"{books} wanted books" in finding.got


def test_the_size_and_the_playing_time_of_a_pack_do_not_count_and_its_seeders_do(
    a_download: Callable[..., Download],
    a_release: Callable[..., Release],
    a_grab_context: Callable[..., GrabContext],
) -> None:
    download = a_download()
    verdict = filling(download, a_download())
    release = a_release(size_bytes=9_000 * MB, duration_minutes=3_000)

    taken = decision_on(release, verdict, download, a_grab_context())
    dead = decision_on(release.model_copy(update={"seeders": 0}), verdict, download, a_grab_context())

    assert (taken.verdict, taken.fills) == (Verdict.ACCEPTED, (download.id, *taken.fills[1:]))
    assert dead.verdict is Verdict.REJECTED


def test_a_person_may_take_a_pack_with_one_wanted_book_but_not_one_without_it(
    a_download: Callable[..., Download],
) -> None:
    download, other = a_download(), a_download()
    assert "wanted books" in (against_pack(download, filling(download), Limits(), is_shared=False) or "")
    assert against_pack(download, filling(download), Limits(), is_shared=True) is None
    download.by_person = True
    assert against_pack(download, filling(download), Limits(), is_shared=False) is None
    assert "several books" in (against_pack(download, filling(other), Limits(), is_shared=True) or "")
    assert against_pack(download, None, Limits(), is_shared=False) is None


def test_an_owned_book_is_never_replaced_from_a_pack(a_download: Callable[..., Download]) -> None:
    download = a_download(replaces=ReplacedBook(book_id=uuid4(), path="Oz"))
    download.by_person = True

    assert "only by a release of that book" in (
        against_pack(download, filling(download, a_download()), Limits(), is_shared=True) or ""
    )


def test_only_a_pack_has_parts(a_download: Callable[..., Download]) -> None:
    download = a_download()
    verdict = filling(download)
    assert part_of(verdict, download) == verdict.fills[0]
    assert part_of(replace(verdict, kind=PackKind.OMNIBUS), download) is None


def test_a_wanted_book_is_no_other_known_book(a_download: Callable[..., Download]) -> None:
    download = a_download()
    known = known_books(["The Marvelous Land of Oz", "Ozma of Oz", "ozma of oz", ""], download, [book_of(download)])
    assert {book.sought.book.title.casefold() for book in known} == {"ozma of oz"}
    assert not any(book.wanted for book in known)


def test_the_files_of_the_client_are_read_below_the_folder_of_the_torrent(a_release: Callable[..., Release]) -> None:
    files = [ContentFile(n, f"Oz 1-2/{n}/book.m4b", 5, wanted=True, progress=0.0) for n in (1, 2)]
    contents = contents_in_client(a_release(), files)
    assert (contents.folder, [file.path for file in contents.files]) == ("Oz 1-2", ["1/book.m4b", "2/book.m4b"])


def test_books_of_one_author_or_series_may_be_in_one_pack(
    a_download: Callable[..., Download], a_missing_book: Callable[..., MissingBook]
) -> None:
    baum = a_download()
    same_author = a_download(wanted=a_missing_book(series=None))
    same_series = a_download(wanted=a_missing_book(authors=["Ruth Plumly Thompson"]))
    stranger = a_download(wanted=a_missing_book(authors=["H. G. Wells"], series=None))
    assert [share_author_or_series(baum, each) for each in (same_author, same_series, stranger)] == [True, True, False]
