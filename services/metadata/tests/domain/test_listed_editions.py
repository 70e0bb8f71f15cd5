"""The editions that are announced for the checks of the library."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.listed_editions import listed_editions
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OZMA = Book(
    id=uuid4(), title="Ozma of Oz", authors=["L. Frank Baum"], asin="B000000003", path="L. Frank Baum/Ozma of Oz",
    duration_seconds=6_000.0, added_at=NOW, updated_at=NOW,
)  # fmt: skip


def an_entry(entry_id: str, **changes: Any) -> CataloguedWork:
    values: dict[str, Any] = {
        "id": entry_id, "provider": "AUDIBLE", "title": "Ozma of Oz", "authors": ["L. Frank Baum"], "is_audio": True,
        "duration_minutes": 300, "language": "English", "series": [SeriesPlace(name="Oz", sequence="3")],
    }  # fmt: skip
    return CataloguedWork.model_validate(values | changes)


def listed(*entries: CataloguedWork) -> list[tuple[str, bool]]:
    return [(each.id, each.identified) for each in listed_editions(OZMA, judge(of_book(OZMA), entries))]


def covers(*entries: CataloguedWork) -> list[str | None]:
    return [each.cover for each in listed_editions(OZMA, judge(of_book(OZMA), entries))]


def test_the_edition_with_the_asin_is_listed_even_if_its_duration_is_far() -> None:
    assert listed(an_entry("AUDIBLE:2", asin="B000000003")) == [("AUDIBLE:2", True)]


def test_an_edition_is_listed_with_its_cover_but_not_with_a_placeholder() -> None:
    mine = an_entry("AUDIBLE:2", asin="B000000003", cover="https://pictures.example/ozma.jpg")
    other = an_entry("AUDIBLE:3", title="Glinda of Oz", series=[], cover=mine.cover)
    assert covers(mine) == [mine.cover]
    assert covers(mine, other) == [None]


def test_other_editions_of_the_work_are_listed_after_the_identified_one() -> None:
    near = {"duration_minutes": 100}
    assert listed(an_entry("AUDIBLE:1", **near), an_entry("AUDIBLE:2", asin="B000000003", **near)) == [
        ("AUDIBLE:2", True), ("AUDIBLE:1", False),
    ]  # fmt: skip


def test_printed_books_copies_of_other_data_and_other_works_are_left_out() -> None:
    assert listed(
        an_entry("HARDCOVER:1", provider="HARDCOVER", is_audio=False),
        an_entry("AUDNEXUS:1", provider="AUDNEXUS", origin="AUDIBLE"),
        an_entry("AUDIBLE:3", title="Glinda of Oz", series=[]),
    ) == []  # fmt: skip
