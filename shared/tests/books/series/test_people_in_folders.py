"""Names in folders that may be the author's."""

import pytest
from shared.books.series.people_in_folders import authors_in_path


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("Ada Ashgrove/The Paper Moon", ["Ada Ashgrove"]),
        ("Ashgrove, Ada/Green Lamp/02 - The Paper Moon", ["Ada Ashgrove"]),
        ("Ada Ashgrove/The Green Lamp/02 - The Paper Moon", ["Ada Ashgrove"]),
        ("A. B. Ashgrove/The Paper Moon", ["A. B. Ashgrove"]),
        ("Ada Ashgrove & Bea Drummond/The Paper Moon", ["Ada Ashgrove"]),
        ("Fiction/A/Ada Ashgrove/The Paper Moon", ["Ada Ashgrove"]),
        ("Ada Ashgrove - The Paper Moon", ["Ada Ashgrove"]),
        ("The Paper Moon by Ada Ashgrove", ["Ada Ashgrove"]),
        ("The Paper Moon (Ada Ashgrove)", ["Ada Ashgrove"]),
        ("The Door by Ada Ashgrove [64kbps]", ["Ada Ashgrove"]),
        ("The Green Lamp/02 - The Paper Moon", []),
        ("Unknown Author/The Paper Moon", []),
        ("Various Authors/The Paper Moon", []),
        ("Science Fiction/The Paper Moon", []),
        ("1983/02", []),
        ("", []),
        (None, []),
        ("/" * 500, []),
    ],
)
def test_the_author_is_read_from_the_folders(path: str | None, names: list[str]) -> None:
    assert list(authors_in_path(path)) == names


def test_at_most_two_names_are_returned() -> None:
    assert len(authors_in_path("Ada Ashgrove/Bea Drummond/Cleo Faraday/Dora Grant - Elsa Hart")) == 2
