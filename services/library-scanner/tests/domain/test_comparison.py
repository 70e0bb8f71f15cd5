"""The gaps of a bibliography, and their titles."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from library_scanner.domain.alternative_names import other_authors, other_titles
from library_scanner.domain.comparison import GapRules, compare_with_owned
from library_scanner.domain.ports import Subject
from shared.books.description import BookDescription
from shared.books.description import SeriesPlace as BookPlace
from shared.books.gaps.owned_index import Shelf
from shared.contracts.metadata.bibliographies import BibliographyOf, CataloguedWork
from shared.contracts.values import SeriesPlace

RULES = GapRules(languages=("en",), as_of=date(2026, 3, 1), max_missing=10)


def called(title: str, audio: str, subtitle: str | None = None) -> str:
    """The title of a gap whose book and audiobook have different titles and the same ISBN."""
    subject = Subject(BibliographyOf.SERIES, uuid4(), "Oz", ("L. Frank Baum",), owned=2)
    plain: dict[str, Any] = {
        "authors": ["L. Frank Baum"],
        "series": [SeriesPlace(name="Oz", sequence="3")],
        "isbn": "9780306406157",
    }
    works = [
        CataloguedWork(id="HARDCOVER:1", provider="HARDCOVER", title=title, published_year=1907, **plain),
        CataloguedWork(
            id="AUDIBLE:1", provider="AUDIBLE", title=audio, subtitle=subtitle, is_audio=True, published_year=2010,
            **plain,
        ),
    ]  # fmt: skip
    (gap,) = compare_with_owned(subject, works, Shelf([]), RULES).gaps
    return gap.description.title


@pytest.mark.parametrize(
    ("audio", "subtitle"),
    [
        ("Oz, Book 3: Ozma of Oz", None),
        ("Oz: Ozma of Oz", None),
        ("Oz", "Ozma of Oz"),
        ("L. Frank Baum's Ozma of Oz", None),
        ("Ozma of Oz: Unabridged", None),
    ],
)
def test_an_audiobook_title_that_only_adds_to_the_title_is_not_used(audio: str, subtitle: str | None) -> None:
    assert called("Ozma of Oz", audio, subtitle) == "Ozma of Oz"


def test_a_gap_has_the_title_of_its_audiobook_if_it_differs() -> None:
    assert called("Ozma of Oz", "Princess Ozma") == "Princess Ozma"


def an_entry_called(title: str, **of_others: Any) -> CataloguedWork:
    """A catalogue entry of the gap from another provider."""
    plain: dict[str, Any] = {"authors": ["L. Frank Baum"], "series": [SeriesPlace(name="Oz", sequence="3")]}
    return CataloguedWork(id=f"HARDCOVER:{title}", provider="HARDCOVER", title=title, **(plain | of_others))


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("Princess Ozma", ("Princess Ozma",)),
        ("Tip versus Ozma of Oz", ("Tip versus Ozma of Oz",)),
        ("Ozma of Oz", ()),
        ("OZMA OF OZ (Oz, #3)", ()),
        ("Oz, Book 3: Ozma of Oz", ()),
        ("Oz 3", ()),
        ("Book 3", ()),
    ],
)
def test_every_other_title_of_a_work_is_listed(title: str, others: tuple[str, ...]) -> None:
    assert other_titles("Ozma of Oz", [an_entry_called(title)], "en") == others


def test_titles_of_other_editions_are_other_titles() -> None:
    entry = an_entry_called("Ozma of Oz", other_titles=["Princess Ozma", "Ozma of Oz (Oz, #3)"])
    assert other_titles("Ozma of Oz", [entry], "en") == ("Princess Ozma",)


def test_a_title_in_another_language_is_not_an_other_title() -> None:
    assert other_titles("Ozma of Oz", [an_entry_called("Ozma von Oz", language="German")], "en") == ()


def test_every_other_author_name_is_listed_without_roles() -> None:
    entry = an_entry_called(
        "Ozma of Oz", authors=["LF Baum", "Edith Van Dyne", "Tom Reed - illustrator", "Edith van Dyne"]
    )
    assert other_authors(["L. Frank Baum"], [entry]) == ("Edith Van Dyne",)


def test_a_gap_keeps_the_titles_and_authors_of_all_providers() -> None:
    subject = Subject(BibliographyOf.SERIES, uuid4(), "Oz", ("L. Frank Baum",), owned=2)
    plain: dict[str, Any] = {"series": [SeriesPlace(name="Oz", sequence="3")], "isbn": "9780306406157"}
    works = [
        CataloguedWork(id="A:1", provider="AUDIBLE", title="Ozma of Oz", authors=["L. Frank Baum"], is_audio=True,
                       published_year=2010, **plain),
        CataloguedWork(id="H:1", provider="HARDCOVER", title="Princess Ozma", published_year=1907,
                       authors=["L. Frank Baum", "Edith Van Dyne"], **plain),
    ]  # fmt: skip
    (gap,) = compare_with_owned(subject, works, Shelf([]), RULES).gaps
    assert {gap.description.title, *gap.other_titles} == {"Ozma of Oz", "Princess Ozma"}
    assert gap.other_authors == ("Edith Van Dyne",)


def of_red_tide(place: int, author: str = "Ann Calloway") -> CataloguedWork:
    return CataloguedWork(
        id=f"AUDIBLE:{place}",
        provider="AUDIBLE",
        title=["Low Water", "High Water", "Still Water"][place - 1],
        authors=[author],
        series=[SeriesPlace(name="Red Tide", sequence=str(place))],
        language="English",
        published_year=2010,
        is_audio=True,
    )


@pytest.mark.parametrize("name", ["Red Tide Saga", "Red Tide Trilogy", "The Red Tide Chronicles", "Red Tide"])
def test_a_series_has_gaps_if_a_provider_omits_the_last_word_of_its_name(name: str) -> None:
    subject = Subject(BibliographyOf.SERIES, uuid4(), name, ("Ann Calloway",), owned=1)
    owned = BookDescription("Low Water", authors=("Ann Calloway",), series=(BookPlace(name, "1"),))
    found = compare_with_owned(subject, [of_red_tide(place) for place in (1, 2, 3)], Shelf([owned]), RULES)
    assert [gap.description.title for gap in found.gaps] == ["High Water", "Still Water"]


def test_a_series_by_other_authors_without_the_last_word_is_another_series() -> None:
    subject = Subject(BibliographyOf.SERIES, uuid4(), "Red Tide Saga", ("Ann Calloway",), owned=1)
    others = [of_red_tide(place, author="Berta Holm") for place in (1, 2, 3)]
    assert not compare_with_owned(subject, others, Shelf([]), RULES).gaps


@pytest.mark.parametrize("title", ["N/A", "null", "Unknown", "none", "Untitled", "test", "???", "Title", "TBD"])
def test_an_entry_with_a_placeholder_title_is_not_a_work(title: str) -> None:
    subject = Subject(BibliographyOf.AUTHOR, uuid4(), "Ann Calloway", ("Ann Calloway",), owned=1)
    nothing = of_red_tide(2).model_copy(update={"title": title, "series": []})
    found = compare_with_owned(subject, [of_red_tide(1), nothing], Shelf([]), RULES)
    assert [gap.description.title for gap in found.gaps] == ["Low Water"]


def test_a_placeholder_title_with_a_position_in_a_series_is_a_work() -> None:
    subject = Subject(BibliographyOf.SERIES, uuid4(), "Red Tide", ("Ann Calloway",), owned=1)
    strange = of_red_tide(2).model_copy(update={"title": "Unknown"})
    found = compare_with_owned(subject, [of_red_tide(1), strange], Shelf([]), RULES)
    assert [gap.description.title for gap in found.gaps] == ["Low Water", "Unknown"]


@pytest.mark.parametrize(
    ("known_as", "named"), [("red tide", "Red Tide"), ("RED TIDE", "RED TIDE"), ("red tide saga", "red tide saga")]
)
def test_a_series_known_only_by_file_names_is_spelled_as_by_the_providers(known_as: str, named: str) -> None:
    subject = Subject(BibliographyOf.SERIES, uuid4(), known_as, ("Ann Calloway",), owned=1)
    found = compare_with_owned(subject, [of_red_tide(1)], Shelf([]), RULES)
    assert [gap.series.name for gap in found.gaps if gap.series] == [named]
