"""Open Library: parsing of its responses, and requests to its stand-in."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.openlibrary.parsing import edition_entry, work
from metadata.adapters.providers.openlibrary.schema import Document, Edition, Work
from metadata.adapters.providers.openlibrary.settings import OpenLibrarySettings, access
from metadata.domain.ports import MetadataProvider
from pydantic import ValidationError
from sandbox.testing import a_record, a_world
from shared.chassis.http import USER_AGENT

ISBN = "9780306406157"
OZ = {"format": "print", "isbn": ISBN}


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    def of(*records: dict[str, Any]) -> Any:
        listed = [a_record(**OZ | each) for each in records]
        return catalogues(a_world(providers={"openlibrary": listed}), providers="openlibrary:1")

    return of


def provider_of(made: Any) -> MetadataProvider:
    provider: MetadataProvider = made.registry.enabled[0].provider
    return provider


def a_document(**changes: Any) -> Document:
    return Document.model_validate({"key": "/works/OL18417W", "title": "The Marvelous Land of Oz"} | changes)


def an_edition(**changes: Any) -> Edition:
    return Edition.model_validate({"key": "/books/OL7M", "title": "The Marvelous Land of Oz"} | changes)


@pytest.mark.parametrize(
    ("fields", "field", "read"),
    [
        ({}, "id", "OPENLIBRARY:OL18417W"),
        ({"language": ["ger"]}, "language", "German"),
        ({"language": ["eng", "ger"]}, "language", None),
        ({"isbn": [ISBN]}, "isbn", ISBN),
        ({"isbn": [ISBN, "9781402894626"]}, "isbn", None),
        ({"first_publish_year": 1904}, "published_year", 1904),
        ({"author_name": ["L. Frank Baum", "L. Frank Baum"]}, "authors", ["L. Frank Baum"]),
        ({}, "is_audio", False),
    ],
)
def test_only_what_is_the_same_in_all_editions_is_parsed_from_a_work(
    fields: dict[str, Any], field: str, read: Any
) -> None:
    assert getattr(work(a_document(**fields)), field) == read


@pytest.mark.parametrize(
    ("fields", "field", "read"),
    [
        ({"publish_date": "July 5, 1904"}, "published_year", 1904),
        ({"publish_date": "1904"}, "published", None),
        ({"publishers": [{"name": "Reilly & Britton"}, {"name": "Dover"}]}, "publisher", "Reilly & Britton"),
        ({"identifiers": {"isbn_10": ["0306406152"]}}, "isbn", ISBN),
        ({"identifiers": {"isbn_13": ["no isbn"]}}, "isbn", None),
        ({"authors": [{"name": "L. Frank Baum"}, {}]}, "authors", ["L. Frank Baum"]),
    ],
)
def test_the_fields_of_an_edition_are_parsed(fields: dict[str, Any], field: str, read: Any) -> None:
    assert getattr(edition_entry(an_edition(**fields)), field) == read


@pytest.mark.parametrize(
    ("listed", "read"),
    [("A boy.", "A boy."), ({"type": "/type/text", "value": " A boy. "}, "A boy."), ({}, None), (7, None), (" ", None)],
)
def test_a_description_is_a_text_or_an_object(listed: Any, read: str | None) -> None:
    assert Work.model_validate({"title": "Oz", "description": listed}).description == read


async def test_the_description_of_the_work_with_the_title_is_read(made: Callable[..., Any]) -> None:
    """Also of one that was merged into another: every third is."""
    records = [{"id": f"oz{n}", "title": f"Oz Story {n}", "description": f"Story {n}."} for n in range(6)]
    site = made(*({**each, "isbn": None} for each in records))
    for each in records:
        (best, *_) = (await provider_of(site).search(str(each["title"]), ["L. Frank Baum"])).works
        assert (best.title, best.description) == (each["title"], each["description"])
    works = [each.path for each in site.stand_ins["openlibrary"].outcomes.requests if each.path.startswith("/works/")]
    assert len(works) > len(records), "the stand-in has merged works"


async def test_all_isbns_are_looked_up_in_one_request(made: Callable[..., Any]) -> None:
    site = made({})
    provider = provider_of(site)
    assert [each.isbn for each in (await provider.identified(isbn=ISBN)).works] == [ISBN]
    assert len(site.stand_ins["openlibrary"].outcomes.requests) == 1


async def test_all_pages_of_an_author_are_read_from_all_records_of_the_person(made: Callable[..., Any]) -> None:
    site = made(*({"id": f"oz{n}", "title": f"Oz Story {n}", "isbn": None} for n in range(1, 121)))
    assert len((await provider_of(site).author_works("L. Frank Baum")).works) == 120


async def test_an_author_is_found_by_the_surname_if_the_name_is_written_in_another_way(
    made: Callable[..., Any],
) -> None:
    assert [each.title for each in (await provider_of(made({})).author_works("Baum, LF")).works] == [
        "The Marvelous Land of Oz"
    ]


def test_the_user_agent_names_the_program_and_the_contact() -> None:
    assert access(OpenLibrarySettings()).headers == {"User-Agent": USER_AGENT}
    named = access(OpenLibrarySettings(openlibrary_contact="reader@example.org"))
    assert named.headers == {"User-Agent": f"{USER_AGENT} (reader@example.org)"}


@pytest.mark.parametrize("contact", ["a\nb: c", "a (b)", "ü@example.org", ""])
def test_a_contact_that_cannot_be_sent_is_rejected(contact: str) -> None:
    with pytest.raises(ValidationError):
        OpenLibrarySettings(openlibrary_contact=contact)
