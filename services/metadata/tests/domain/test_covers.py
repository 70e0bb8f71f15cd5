"""Which covers are tried, and which are good enough."""

from typing import Any

import pytest
from metadata.domain.confidence import judge
from metadata.domain.covers import ShownFor, candidates, is_placeholder, why_not_a_cover
from metadata.domain.descriptions import of_book
from metadata_builders import a_book, an_entry
from shared.chassis.pictures import Picture

OZMA = {"name": "Oz", "sequence": "3"}
WEIGHTS = {"AUDIBLE": 1.0, "HARDCOVER": 0.9}


def tried(*entries: Any) -> list[str | None]:
    judged = judge(of_book(a_book()), entries)
    return [each.entry.cover for each in candidates(judged, lambda name: WEIGHTS.get(name, 0.5))]


def test_the_cover_of_this_edition_is_tried_first_and_a_printed_book_last() -> None:
    other: dict[str, Any] = {"asin": "B0OTHER001", "narrators": ["Maud Ellery"], "duration_minutes": 340}
    entries = [
        an_entry(provider="HARDCOVER", asin=None, is_audio=False, cover="https://a.example/print.jpg"),
        an_entry(**other, cover="https://a.example/other.jpg"),
        an_entry(cover="https://a.example/this.jpg"),
        an_entry(provider="GOODREADS", cover="https://a.example/this.jpg"),
        an_entry(
            title="Ozma of Oz",
            asin="B0OZ000003",
            duration_minutes=410,
            series=[OZMA],
            cover="https://a.example/ozma.jpg",
        ),
        an_entry(provider="KINDLE", cover=None),
    ]
    names = ["this", "other", "print"]
    assert tried(*entries) == [f"https://a.example/{name}.jpg" for name in names]


def test_a_picture_that_is_listed_for_another_work_too_is_not_tried() -> None:
    none = "https://a.example/no-cover.jpg"
    other = an_entry(title="Ozma of Oz", asin="B0OZ000003", duration_minutes=410, series=[OZMA], cover=none)
    assert tried(an_entry(cover=none), other) == []
    assert tried(an_entry(cover=none)) == [none]


def shown_for(*books: tuple[str, str]) -> bool:
    return is_placeholder([ShownFor.book(a_book(title=title, authors=[author])) for title, author in books])


def test_one_picture_for_books_of_several_authors_is_a_placeholder() -> None:
    assert shown_for(("Ozma of Oz", "L. Frank Baum"), ("Emma", "Jane Austen"))
    assert not shown_for(("Ozma of Oz", "L. Frank Baum"), ("Ozma of Oz", "LF Baum"))
    assert not shown_for(("Ozma of Oz", "L. Frank Baum"), ("Ozma of Oz: A Tale", "L. Frank Baum"))


def test_one_picture_for_many_books_of_one_author_is_a_placeholder() -> None:
    titles = ["Ozma of Oz", "Sky Island", "The Sea Fairies", "Queen Zixi of Ix"]
    assert not shown_for(*((title, "L. Frank Baum") for title in titles[:3]))
    assert shown_for(*((title, "L. Frank Baum") for title in titles))


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (Picture("image/jpeg", 500, 500, is_blank=False), None),
        (Picture("image/jpeg", 333, 500, is_blank=False), None),
        (Picture("image/jpeg", 299, 299, is_blank=False), "too small"),
        (Picture("image/gif", 1, 1, is_blank=True), "too small"),
        (Picture("image/jpeg", 1200, 400, is_blank=False), "shape"),
        (Picture("image/jpeg", 300, 900, is_blank=False), "shape"),
        (Picture("image/png", 600, 600, is_blank=True), "placeholder"),
    ],
)
def test_a_cover_has_a_size_a_shape_and_a_content(picture: Picture, why: str | None) -> None:
    answer = why_not_a_cover(picture.width, picture.height, is_blank=picture.is_blank)
    assert answer == why if why is None else why in (answer or "")
