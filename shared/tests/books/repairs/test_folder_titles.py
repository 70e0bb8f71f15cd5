"""The title in the name of a folder."""

import pytest
from shared.books.description import SeriesPlace
from shared.books.repairs.folder_titles import folder_title

OZ = (SeriesPlace("Oz", "3"),)


@pytest.mark.parametrize(
    "path",
    [
        "L. Frank Baum/Oz/03 - Ozma of Oz", "L. Frank Baum/Oz/1907 - Ozma of Oz (Book 3)", "L. Frank Baum - Ozma of Oz",
        "L. Frank Baum/Ozma of Oz (Oz #3) [M4B 64k]", "Oz/Book 3 - Ozma of Oz", "L. Frank Baum/Ozma of Oz (Unabridged)",
    ],
)  # fmt: skip
def test_number_series_author_and_marks_are_left_out(path: str) -> None:
    assert folder_title(path, "L. Frank Baum", OZ) == "Ozma of Oz"


def test_an_empty_path_has_no_title() -> None:
    assert folder_title("", None, ()) is None
