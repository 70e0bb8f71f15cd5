"""A work that a person named is recognized under other ids and titles, and not confused with others."""

from uuid import uuid4

import pytest
from library_scanner.domain.work_refs import WorkRef
from shared.books.description import BookDescription, SeriesPlace

REF = WorkRef(("Ozma of Oz",), ("L. Frank Baum",), ("AUDIBLE:3",), "3", language="English")


def book(title: str, **changes: object) -> BookDescription:
    values = {"authors": ("L. Frank Baum",), "language": "English"} | changes
    return BookDescription(title=title, **values)  # type: ignore[arg-type]  # fields of a description


@pytest.mark.parametrize(
    "described",
    [
        book("Ozma of Oz: A Record of Her Adventures"),
        book("Ozma of Oz (Oz, #3)"),
        book("Ozma of Oz", authors=("Baum, L. Frank",)),
        book("Ozma of Oz", authors=()),
        book("Ozma of Oz", language=None),
    ],
)
def test_a_work_is_recognized_under_another_id(described: BookDescription) -> None:
    assert REF.is_entry("HARDCOVER:99", described)


@pytest.mark.parametrize(
    "described",
    [
        book("Ozma of Oz", authors=("Edith Nesbit",)),
        book("Ozma of Oz", language="German"),
        book("Dorothy of Oz"),
        book("Oz: Dorothy of Oz", series=(SeriesPlace("Oz", "4"),)),
    ],
)
def test_another_work_is_not_taken_for_it(described: BookDescription) -> None:
    assert not REF.is_entry("HARDCOVER:99", described)
    assert REF.is_entry("AUDIBLE:3", described)


def test_titles_that_differ_only_in_their_subtitles_are_two_works() -> None:
    ref = WorkRef(("Fairyland Tales: Ozma",), ("L. Frank Baum",))
    assert not ref.is_entry("AUDIBLE:4", book("Fairyland Tales: Dorothy"))
    assert ref.is_entry("AUDIBLE:5", book("Fairyland Tales: Ozma"))


def test_another_form_of_a_work_is_recognized_by_its_whole_title_and_language_only() -> None:
    sampler = WorkRef(("Ozma of Oz: A Sampler",), ("L. Frank Baum",), language="English", is_primary=False)
    assert sampler.is_entry("HARDCOVER:9", book("Ozma of Oz: A Sampler"))
    assert not sampler.is_entry("HARDCOVER:9", book("Ozma of Oz"))
    assert not sampler.is_entry("HARDCOVER:9", book("Ozma of Oz: A Sampler", language=None))
    owned = uuid4()
    assert not sampler.is_book(owned, book("Ozma of Oz: A Sampler"))
    assert WorkRef(("x",), book_id=owned, is_primary=False).is_book(owned, book("Ozma of Oz"))
