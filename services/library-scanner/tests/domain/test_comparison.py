"""How a gap is called."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from library_scanner.domain.comparison import GapRules, compare_with_owned
from library_scanner.domain.ports import Subject
from shared.books.shelf import Shelf
from shared.contracts.metadata import BibliographyOf, CataloguedWork
from shared.contracts.values import SeriesPlace

RULES = GapRules(languages=("en",), as_of=date(2026, 3, 1), max_missing=10)


def called(title: str, heard: str, subtitle: str | None = None) -> str:
    """What a gap is called whose book has one title and whose audiobook another, by one ISBN."""
    subject = Subject(BibliographyOf.SERIES, uuid4(), "Oz", ("L. Frank Baum",), owned=2)
    plain: dict[str, Any] = {
        "authors": ["L. Frank Baum"],
        "series": [SeriesPlace(name="Oz", sequence="3")],
        "isbn": "9780306406157",
    }
    works = [
        CataloguedWork(id="HARDCOVER:1", provider="HARDCOVER", title=title, published_year=1907, **plain),
        CataloguedWork(
            id="AUDIBLE:1", provider="AUDIBLE", title=heard, subtitle=subtitle, is_audio=True, published_year=2010,
            **plain,
        ),
    ]  # fmt: skip
    (gap,) = compare_with_owned(subject, works, Shelf([]), RULES).gaps
    return gap.description.title


@pytest.mark.parametrize(
    ("heard", "subtitle"),
    [
        ("Oz, Book 3: Ozma of Oz", None),
        ("Oz: Ozma of Oz", None),
        ("Oz", "Ozma of Oz"),
        ("L. Frank Baum's Ozma of Oz", None),
        ("Ozma of Oz: Unabridged", None),
    ],
)
def test_a_title_that_only_adds_to_the_work_s_own_is_not_taken(heard: str, subtitle: str | None) -> None:
    assert called("Ozma of Oz", heard, subtitle) == "Ozma of Oz"


def test_a_gap_is_called_as_its_audiobook_where_that_has_another_title() -> None:
    assert called("Ozma of Oz", "Princess Ozma") == "Princess Ozma"
