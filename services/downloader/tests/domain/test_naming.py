"""What the path of a book names, and which folder is free of other books."""

from collections.abc import Callable

import pytest
from downloader.domain.download import Download
from downloader.domain.naming import names_of, outside_of_books
from downloader.domain.path_template import DEFAULT, BookNames, PathTemplate
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release


def test_narrators_and_asin_are_those_of_the_release_and_not_of_the_work(
    a_download: Callable[..., Download],
    a_missing_book: Callable[..., MissingBook],
    a_release: Callable[..., Release],
) -> None:
    wanted = a_missing_book(narrators=["Another Reader"], asin="B0OTHER001", published_year=1904)
    download = a_download(wanted=wanted, release=a_release(narrators=["Tom Reed"], asin="B0OZ000002"))
    names = names_of(download)
    assert (names.narrators, names.asin, names.year) == (["Tom Reed"], "B0OZ000002", "1904")


@pytest.mark.parametrize(
    ("books", "path"),
    [
        ([], "Zane Grey/Betty Zane/02 - The Last Trail"),
        (["Zane Grey/Betty Zane"], "Zane Grey/The Last Trail"),
        (["Zane Grey"], "Zane Grey - The Last Trail"),
    ],
)
def test_a_book_is_never_placed_within_the_folder_of_another(books: list[str], path: str) -> None:
    names = BookNames(title="The Last Trail", authors=["Zane Grey"], series="Betty Zane", sequence="2")
    assert str(outside_of_books(PathTemplate(DEFAULT).folders(names), books)) == path
