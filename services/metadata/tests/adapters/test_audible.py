"""Audible's catalogue: parsing of its responses, and requests to its stand-in."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.audible.parsing import works
from metadata.adapters.providers.audible.schema import Product
from metadata.domain.catalogue import SeriesWanted
from metadata.domain.ports import MetadataProvider
from sandbox.testing import a_record, a_world
from sandbox.world import ProviderRecord


@pytest.fixture
def audible(catalogues: Callable[..., Any]) -> Callable[..., MetadataProvider]:
    def of(*records: ProviderRecord) -> MetadataProvider:
        made = catalogues(a_world(providers={"audible": records, "hardcover": []}))
        provider: MetadataProvider = made.registry.enabled[0].provider
        return provider

    return of


def a_product(**changes: Any) -> Product:
    return Product.model_validate({"asin": "B0OZ000002", "title": "The Marvelous Land of Oz"} | changes)


@pytest.mark.parametrize(
    ("fields", "field", "read"),
    [
        ({"language": "english"}, "language", "English"),
        ({"format_type": "abridged"}, "abridged", True),
        ({"format_type": "original_recording"}, "abridged", None),
        ({"runtime_length_min": "300"}, "duration_minutes", 300),
        ({"runtime_length_min": 0}, "duration_minutes", None),
        ({"release_date": "2012-05-15"}, "published_year", 2012),
        ({"release_date": "soon"}, "published", None),
        ({"authors": None}, "authors", []),
        (
            {"authors": [{"name": "Jules Verne"}, {"name": "Lewis Page Mercier - translator"}]},
            "authors",
            ["Jules Verne"],
        ),
        ({"authors": [{"name": "Andrew Lang - editor"}]}, "authors", ["Andrew Lang"]),
        ({"narrators": [{"name": "Tom Reed"}, {"name": None}]}, "narrators", ["Tom Reed"]),
        (
            {"publisher_summary": "<p>A boy &amp; a <b>pumpkin</b>.</p>"},
            "description",
            "<p>A boy &amp; a <b>pumpkin</b>.</p>",
        ),
        ({"isbn": "0-306-40615-2"}, "isbn", "9780306406157"),
        ({"category_ladders": [{"ladder": [{"name": "Fiction"}, {"name": "Fantasy"}]}]}, "genres", ["Fantasy"]),
    ],
)
def test_the_fields_of_a_product_are_parsed(fields: dict[str, Any], field: str, read: Any) -> None:
    (work,) = works([a_product(**fields)])
    assert getattr(work, field) == read


@pytest.mark.parametrize(
    ("listed", "read"), [("2", "2"), ("Book 1", "1"), ("2, Dramatized Adaptation", "2"), ("2.50", "2.5"), ("", None)]
)
def test_a_position_is_parsed_from_audibles_text(listed: str, read: str | None) -> None:
    (work,) = works([a_product(series=[{"asin": "B0SERIES01", "title": "Oz", "sequence": listed}])])
    assert [place.sequence for place in work.series] == [read]


@pytest.mark.parametrize("fields", [{"title": None}, {"content_delivery_type": "PodcastParent"}, {"asin": ""}])
def test_products_that_are_not_books_are_left_out(fields: dict[str, Any]) -> None:
    assert works([a_product(**fields)]) == []


async def test_an_unknown_asin_has_no_entry(audible: Callable[..., MetadataProvider]) -> None:
    provider = audible(a_record())
    assert (await provider.identified(asin="B0OZ000002")).works[0].narrators == ["Tom Reed"]
    assert (await provider.identified(asin="B0UNKNOWN1")).works == []


async def test_a_search_uses_the_surname_and_ignores_initials(audible: Callable[..., MetadataProvider]) -> None:
    found = await audible(a_record()).search("marvelous land of oz", ["Baum, LF"])
    assert [work.title for work in found.works] == ["The Marvelous Land of Oz"]


async def test_a_search_excludes_other_people_with_a_similar_name(audible: Callable[..., MetadataProvider]) -> None:
    assert (
        await audible(a_record(authors=["Julian Hartwell"])).search("marvelous land of oz", ["L. F. Baum"])
    ).works == []


async def test_a_series_with_more_books_than_one_page_is_complete(audible: Callable[..., MetadataProvider]) -> None:
    records = [
        a_record(id=f"oz{n}", title=f"Oz Story {n}", asin=f"B0OZ{n:06d}", series=[{"name": "Oz", "sequence": str(n)}])
        for n in range(1, 121)
    ]
    found = await audible(*records).series_works(SeriesWanted("Oz", ["L. Frank Baum"], ["B0OZ000005"]))
    assert {place.sequence for work in found.works for place in work.series} == {str(n) for n in range(1, 121)}


async def test_all_pages_of_an_author_are_read(audible: Callable[..., MetadataProvider]) -> None:
    records = [a_record(id=f"oz{n}", title=f"Oz Story {n}", asin=f"B0OZ{n:06d}") for n in range(1, 121)]
    assert len((await audible(*records).author_works("L. Frank Baum")).works) == 120


def katy(number: int, *series: str) -> ProviderRecord:
    titles = ("What Katy Did", "What Katy Did at School", "What Katy Did Next")
    places = [{"name": name, "sequence": str(number)} for name in series]
    asin = f"B0KATY{number:04d}"
    return a_record(id=asin, asin=asin, title=titles[number - 1], authors=["Susan Coolidge"], series=places)


async def test_a_series_known_by_another_name_is_found_through_the_books_in_it(
    audible: Callable[..., MetadataProvider],
) -> None:
    records = [katy(n, "Carr Family") for n in (1, 2, 3)]
    found = await audible(*records).series_works(SeriesWanted("Katy", ["Susan Coolidge"], ["B0KATY0001", "B0KATY0003"]))
    assert {(work.title, work.series[0].name, work.series[0].sequence) for work in found.works} == {
        ("What Katy Did", "Katy", "1"),
        ("What Katy Did at School", "Katy", "2"),
        ("What Katy Did Next", "Katy", "3"),
    }


async def test_one_known_book_is_not_enough_to_find_the_other_name_of_a_series(
    audible: Callable[..., MetadataProvider],
) -> None:
    records = [katy(1, "Carr Family"), katy(2, "Carr Family"), katy(3)]
    found = await audible(*records).series_works(SeriesWanted("Katy", ["Susan Coolidge"], ["B0KATY0001"]))
    assert found.works == []


async def test_books_of_two_series_have_no_series_in_common(audible: Callable[..., MetadataProvider]) -> None:
    records = [katy(1, "Carr Family"), katy(2, "Carr Family"), katy(3, "Girls of Yesterday")]
    known = ["B0KATY0001", "B0KATY0003"]
    assert (await audible(*records).series_works(SeriesWanted("Katy", ["Susan Coolidge"], known))).works == []


async def test_the_search_by_titles_ends_when_too_few_are_left_to_share_a_series(
    catalogues: Callable[..., Any],
) -> None:
    stand_in = catalogues(a_world(providers={"audible": [], "hardcover": []}))
    titles = ["What Katy Did", "What Katy Did at School", "What Katy Did Next"]
    wanted = SeriesWanted("Katy", ["Susan Coolidge"], known_titles=titles)
    assert (await stand_in.registry.enabled[0].provider.series_works(wanted)).works == []
    searches_of_keywords, searches_of_titles = 1, 2
    assert len(stand_in.audible.outcomes.requests) == searches_of_keywords + searches_of_titles
