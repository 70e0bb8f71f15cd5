"""Audnexus: parsing of its responses, and requests to its stand-in."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.audnexus.parsing import author_asin, chapters_of, listed_author, work
from metadata.adapters.providers.audnexus.schema import Author, AuthorLink, Book, Chapters
from metadata.domain.catalogue import AuthorName, Chapter
from sandbox.testing import a_record, a_world
from sandbox.world import ProviderRecord
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.providers import Ability

HOUR = 3_600_000


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    def of(*records: ProviderRecord, **settings: object) -> Any:
        return catalogues(a_world(providers={"audnexus": records}), providers="audnexus:1", **settings)

    return of


def a_book(**changes: Any) -> Book:
    return Book.model_validate({"asin": "B0OZ000002", "title": "The Marvelous Land of Oz"} | changes)


def a_chapter(**changes: Any) -> dict[str, Any]:
    return {"title": "Chapter 1", "startOffsetMs": 0, "startOffsetSec": 0, "lengthMs": HOUR} | changes


@pytest.mark.parametrize(
    ("fields", "field", "read"),
    [
        ({"language": "english"}, "language", "English"),
        ({"formatType": "abridged"}, "abridged", True),
        ({"formatType": "original_recording"}, "abridged", None),
        ({"runtimeLengthMin": 0}, "duration_minutes", None),
        ({"releaseDate": "2012-05-15T00:00:00.000Z"}, "published_year", 2012),
        ({"isbn": ""}, "isbn", None),
        ({"narrators": [{"name": "Tom Reed"}, {"asin": "B0X"}]}, "narrators", ["Tom Reed"]),
        ({"summary": "<p>A boy &amp; a pumpkin.</p>"}, "description", "A boy &amp; a pumpkin."),
        ({"genres": [{"name": "Fantasy", "type": "genre"}, {"name": "Epic", "type": "tag"}]}, "genres", ["Fantasy"]),
    ],
)
def test_the_fields_of_a_book_are_parsed(fields: dict[str, Any], field: str, read: Any) -> None:
    entry = work(a_book(**fields))
    assert entry is not None
    assert getattr(entry, field) == read


@pytest.mark.parametrize(
    ("listed", "read"), [("1", "1"), ("Book 2", "2"), ("1-3", "1-3"), ("2, Dramatized Adaptation", "2"), (None, None)]
)
def test_the_position_is_parsed_from_free_text(listed: str | None, read: str | None) -> None:
    entry = work(a_book(seriesPrimary={"name": "Oz", "position": listed}, seriesSecondary={"name": "Emerald"}))
    assert entry is not None
    assert [(place.name, place.sequence) for place in entry.series] == [("Oz", read), ("Emerald", None)]


def test_a_book_without_a_title_has_no_entry() -> None:
    assert work(a_book(title=None)) is None


def test_its_data_is_a_copy_of_audibles_and_does_not_count_as_a_second_source() -> None:
    entry = work(a_book())
    assert entry is not None
    assert (entry.provider, entry.witness) == ("AUDNEXUS", "AUDIBLE")


def test_chapters_are_parsed_in_their_order() -> None:
    listed = Chapters.model_validate({"chapters": [a_chapter(), a_chapter(title="Two", startOffsetMs=HOUR)]})
    assert chapters_of(listed) == [Chapter("Chapter 1", 0, HOUR), Chapter("Two", HOUR, HOUR)]


def test_estimated_chapters_are_left_out() -> None:
    assert chapters_of(Chapters.model_validate({"chapters": [a_chapter()], "isAccurate": False})) == []


@pytest.mark.parametrize(
    "chapters",
    [
        [],
        [a_chapter(title=None)],
        [a_chapter(lengthMs=None)],
        [a_chapter(lengthMs=-1)],
        [a_chapter(startOffsetMs=-1)],
        [a_chapter(startOffsetMs=10**15)],
        [a_chapter(startOffsetMs=HOUR), a_chapter(startOffsetMs=0)],
    ],
)
def test_an_incomplete_list_of_chapters_is_no_answer(chapters: list[dict[str, Any]]) -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        chapters_of(Chapters.model_validate({"chapters": chapters}))


async def test_books_are_looked_up_only_if_that_is_switched_on(made: Callable[..., Any]) -> None:
    without = made(a_record(), audnexus_books=False).registry.enabled[0].provider
    assert without.abilities == {Ability.CHAPTERS, Ability.SIMILAR_AUTHORS}
    assert (await without.identified(asin="B0OZ000002")).works == []


async def test_a_book_of_another_marketplace_is_found_there(made: Callable[..., Any]) -> None:
    german = a_record(language="German", marketplaces=["de"])
    site = made(german, audnexus_regions="us,uk,de", audnexus_max_regions=3)
    assert (await site.registry.enabled[0].provider.chapters("B0OZ000002")).chapters
    assert [each.query for each in site.stand_ins["audnexus"].outcomes.requests] == [
        "region=us", "region=uk", "region=de",
    ]  # fmt: skip


async def test_no_more_marketplaces_are_asked_than_the_setting_allows(made: Callable[..., Any]) -> None:
    site = made(a_record(marketplaces=["de"]), audnexus_regions="us,uk,de", audnexus_max_regions=2)
    assert not (await site.registry.enabled[0].provider.chapters("B0OZ000002")).chapters
    assert len(site.stand_ins["audnexus"].outcomes.requests) == 2


@pytest.mark.parametrize(
    ("name", "asin"), [("Jane Austen", "B0AUSTEN02"), ("Austen, Jane", "B0AUSTEN01"), ("Emily Austen", None)]
)
def test_an_author_is_chosen_by_the_same_spelling_and_then_by_the_same_person(name: str, asin: str | None) -> None:
    listed = [AuthorLink(asin="B0AUSTEN01", name="J. Austen"), AuthorLink(asin="B0AUSTEN02", name="Jane Austen")]
    assert author_asin(listed, name) == asin


def test_an_author_is_not_similar_to_themselves() -> None:
    links = [{"asin": "B0BAUM0001", "name": "L. Frank Baum"}, {"asin": "B0NESBIT01", "name": "E. Nesbit"}, {"name": ""}]
    author = Author.model_validate(links[0] | {"similar": links})
    assert listed_author(author, "B0BAUM0001").similar == [AuthorName("E. Nesbit", "B0NESBIT01")]


def test_another_author_than_the_requested_one_is_no_answer() -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        listed_author(Author(asin="B0AUSTEN01", name="Jane Austen"), "B0BAUM0001")


async def test_similar_authors_take_two_requests_and_are_cached(made: Callable[..., Any]) -> None:
    site = made(a_record())
    for _ in range(2):
        found = await site.registry.enabled[0].provider.similar_authors("L. Frank Baum")
        assert found.author.name == "L. Frank Baum"
    assert len(site.stand_ins["audnexus"].outcomes.requests) == 2
