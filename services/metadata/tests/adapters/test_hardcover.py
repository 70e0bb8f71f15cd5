"""Hardcover's GraphQL API: parsing of its responses, and requests to its stand-in, which validates every query."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.hardcover.parsing import editions, works
from metadata.adapters.providers.hardcover.schema import Book, SearchOutput
from metadata.domain.catalogue import SeriesWanted
from metadata.domain.ports import MetadataProvider
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import ProviderRecord
from shared.chassis.errors import RemoteRefusedUs

ISBN = "9780306406157"


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    def of(*records: ProviderRecord) -> Any:
        return catalogues(a_world(providers={"audible": [], "hardcover": records}))

    return of


@pytest.fixture
def hardcover(made: Callable[..., Any]) -> Callable[..., MetadataProvider]:
    return lambda *records: made(*records).registry.enabled[1].provider


def a_row(**changes: Any) -> Book:
    return Book.model_validate({"id": 7, "title": "The Marvelous Land of Oz"} | changes)


def an_edition(**changes: Any) -> dict[str, Any]:
    return {"id": 70, "reading_format_id": 2, "audio_seconds": 18_000, **changes}


def test_narrators_are_distinguished_from_authors() -> None:
    contributions = [{"contribution": None, "author": {"name": "L. Frank Baum"}},
            {"contribution": "Narrator", "author": {"name": "Tom Reed"}},
            {"contribution": "Illustrator", "author": {"name": "John R. Neill"}}]  # fmt: skip
    (work,) = works([a_row(contributions=contributions)])
    assert (work.authors, work.narrators) == (["L. Frank Baum"], ["Tom Reed"])


@pytest.mark.parametrize(
    ("listed", "place"),
    [
        ({"position": 2.0}, "2"),
        ({"position": 2.5}, "2.5"),
        ({"position": 1.0, "details": "1-3"}, "1-3"),
        ({"position": None, "details": "novella"}, None),
    ],
)
def test_a_position_is_a_number_or_a_range(listed: dict[str, Any], place: str | None) -> None:
    (work,) = works([a_row(book_series=[listed | {"series": {"id": 1, "name": "Oz"}}])])
    assert [each.sequence for each in work.series] == [place]


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"default_audio_edition": an_edition(release_date="2010-05-01")}, 2010),
        ({"default_audio_edition": an_edition()}, None),
        ({"editions": [an_edition(reading_format_id=1, audio_seconds=None)]}, 1904),
    ],
)
def test_the_first_publication_is_not_the_year_of_a_recording(fields: dict[str, Any], year: int | None) -> None:
    (work,) = works([a_row(release_date="1904-07-05", **fields)])
    assert work.published_year == year


def test_the_cover_is_that_of_the_edition_or_of_the_book() -> None:
    image, other = {"url": "https://a.example/1.jpg"}, {"url": "https://a.example/2.jpg"}
    for edition, cover in ((an_edition(cached_image=other), other["url"]), (an_edition(cached_image={}), image["url"])):
        (work,) = works([a_row(cached_image=image, default_audio_edition=edition)])
        assert work.cover == cover
    assert works([a_row(cached_image=["no address"])])[0].cover is None


def test_a_book_without_an_audio_edition_is_not_audio() -> None:
    (print_only,) = works([a_row(editions=[an_edition(reading_format_id=1, audio_seconds=None)])])
    (audio,) = works([a_row(default_audio_edition=an_edition())])
    assert (print_only.is_audio, audio.is_audio, audio.duration_minutes) == (False, True, 300)


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ("<p>A boy &amp; a pumpkin.</p>", "A boy &amp; a pumpkin."),
        ("1 < 2, and Tip\nknew it.", "<p>1 &lt; 2, and Tip<br />knew it.</p>"),
        ("<br>", None),
        ("  ", None),
    ],
)
def test_a_description_is_cleaned(listed: str, read: str | None) -> None:
    (work,) = works([a_row(description=listed)])
    assert work.description == read


def test_every_edition_has_an_entry_when_a_book_is_examined() -> None:
    second = an_edition(id=71, audio_seconds=20_400)
    found = editions([a_row(default_audio_edition=an_edition(), editions=[an_edition(), second])])
    assert [(work.id, work.duration_minutes) for work in found] == [("HARDCOVER:7/70", 300), ("HARDCOVER:7/71", 340)]


def test_the_titles_of_editions_in_the_same_language_are_listed_as_other_titles() -> None:
    english, german = {"language": "English"}, {"language": "German"}
    editions = [
        an_edition(id=70, title="The Marvelous Land of Oz", language=english),
        an_edition(id=71, title="The Further Adventures of the Scarecrow", language=english),
        an_edition(id=72, title="Im Reich des Zauberers Oz", language=german),
        an_edition(id=73, title=None),
    ]
    (work,) = works([a_row(default_audio_edition=editions[0], editions=editions)])
    assert work.other_titles == ["The Further Adventures of the Scarecrow"]


def test_results_inside_a_string_are_parsed() -> None:
    output = SearchOutput.model_validate({"ids": [7], "results": '{"hits": [{"document": {"id": "7", "name": "Oz"}}]}'})
    assert output.results is not None
    assert output.results.hits[0].document.id == 7


@pytest.mark.parametrize("isbn", [ISBN, "0306406152"])
async def test_an_isbn_is_found_in_both_forms(hardcover: Callable[..., MetadataProvider], isbn: str) -> None:
    found = await hardcover(a_record(isbn=ISBN)).identified(isbn=isbn)
    assert [(work.title, work.isbn, work.language) for work in found.works] == [
        ("The Marvelous Land of Oz", ISBN, "English")
    ]


async def test_an_asin_leads_to_its_edition(hardcover: Callable[..., MetadataProvider]) -> None:
    (work,) = (await hardcover(a_record()).identified(asin="B0OZ000002")).works
    assert (work.asin, work.narrators, work.duration_minutes, work.is_audio) == ("B0OZ000002", ["Tom Reed"], 300, True)


async def test_a_search_returns_only_editions_by_the_wanted_author(hardcover: Callable[..., MetadataProvider]) -> None:
    namesake = a_record(id="1003", authors=["Julian Hartwell"])
    found = await hardcover(a_record(), namesake).search("marvelous land of oz", ["Baum, L. Frank"])
    assert [work.authors for work in found.works] == [["L. Frank Baum"]]


async def test_a_series_of_the_same_name_by_another_author_is_ignored(
    hardcover: Callable[..., MetadataProvider],
) -> None:
    provider = hardcover(a_record(authors=["Julian Hartwell"]))
    assert (await provider.series_works(SeriesWanted("Oz", ["L. Frank Baum"]))).works == []


async def test_a_known_title_identifies_the_series_under_another_author_name(
    hardcover: Callable[..., MetadataProvider],
) -> None:
    wanted = SeriesWanted("Oz", ["Edith Van Dyne"], known_titles=["The Marvelous Land of Oz"])
    assert len((await hardcover(a_record()).series_works(wanted)).works) == 1


async def test_all_pages_of_an_author_are_read(hardcover: Callable[..., MetadataProvider]) -> None:
    records = [a_record(id=str(2000 + n), title=f"Oz Story {n}", asin=None) for n in range(230)]
    assert len((await hardcover(*records).author_works("Baum, L. Frank")).works) == 230


async def test_a_merged_record_and_a_part_of_a_book_are_no_works(hardcover: Callable[..., MetadataProvider]) -> None:
    title, asin, authors = "The Marvelous Land of Oz", "B0OZ000002", ["L. Frank Baum"]
    book = a_record(id="2001")
    provider = hardcover(book, a_record(id="2002", merged_into="2001"), a_record(id="2003", is_part=True))
    answers = [
        await provider.search(title, authors),
        await provider.identified(asin=asin),
        await provider.series_works(SeriesWanted("Oz", authors)),
        await provider.author_works(authors[0]),
    ]
    assert [{work.id.partition("/")[0] for work in each.works} for each in answers] == [{"HARDCOVER:2001"}] * 4


async def test_a_token_without_the_scope_is_reported(made: Callable[..., Any]) -> None:
    stand_in = made(a_record())
    stand_in.hardcover.outcomes.switch_on(Outcome(kind="insufficient_scope"))
    with pytest.raises(RemoteRefusedUs, match="read:catalog"):
        await stand_in.registry.enabled[1].provider.check()


async def test_a_series_known_by_another_name_is_found_through_the_books_in_it(
    hardcover: Callable[..., MetadataProvider],
) -> None:
    titles = ("What Katy Did", "What Katy Did at School", "What Katy Did Next")
    records = [
        a_record(
            id=str(2000 + n),
            title=title,
            authors=["Susan Coolidge"],
            asin=None,
            series=[{"name": "Carr Family", "sequence": str(n)}],
        )
        for n, title in enumerate(titles, 1)
    ]
    wanted = SeriesWanted("Katy", ["Susan Coolidge"], known_titles=["What Katy Did at School", "What Katy Did Next"])
    found = await hardcover(*records).series_works(wanted)
    assert {(work.title, work.series[0].name, work.series[0].sequence) for work in found.works} == {
        ("What Katy Did", "Katy", "1"),
        ("What Katy Did at School", "Katy", "2"),
        ("What Katy Did Next", "Katy", "3"),
    }


async def test_the_search_by_titles_ends_when_too_few_are_left_to_share_a_series(made: Callable[..., Any]) -> None:
    stand_in = made()
    titles = ["What Katy Did", "What Katy Did at School", "What Katy Did Next"]
    wanted = SeriesWanted("Katy", ["Susan Coolidge"], known_titles=titles)
    assert (await stand_in.registry.enabled[1].provider.series_works(wanted)).works == []
    searches_of_series, searches_of_titles = 1, 2
    assert len(stand_in.hardcover.outcomes.requests) == searches_of_series + searches_of_titles
