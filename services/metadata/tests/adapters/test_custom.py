"""Servers that speak the protocol of custom metadata providers: parsing, and requests to their stand-in."""

from collections.abc import Callable
from typing import Any

import pytest
from metadata.adapters.providers.custom.parsing import works
from metadata.adapters.providers.custom.presets import PRESETS, UNKNOWN_SERVER
from metadata.adapters.providers.custom.schema import Answer, Match
from metadata.domain.ports import MetadataProvider
from sandbox.outcomes import Outcome
from sandbox.providers.custom import AUTHORIZATION
from sandbox.testing import a_record, a_world
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled
from shared.contracts.metadata.bibliographies import CataloguedWork

EXAMPLE = {
    "title": "The Glass Harbour", "subtitle": "", "author": "Ada Quill", "narrator": "Tom Reed", "publisher": "Lantern",
    "publishedYear": "2024", "description": "<p>A harbour.</p>", "cover": "https://covers.example/1.jpg", "isbn": "",
    "asin": "B0FAKE0001", "genres": ["Fantasy"], "tags": [], "series": [{"series": "Tide Wardens", "sequence": "2"}],
    "language": "English", "duration": 611,
}  # fmt: skip
"""The example of the protocol's description."""
RECORD = a_record()


def read(preset: str = "", **changes: Any) -> CataloguedWork:
    match = Match.model_validate(EXAMPLE | changes)
    (work,) = works("SHELF", PRESETS.get(preset, UNKNOWN_SERVER), [match])
    return work


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    """Three servers that all list one record."""
    return catalogues(a_world(providers={name: [RECORD] for name in PRESETS}))


def test_a_match_with_every_field_is_read() -> None:
    work = read()
    assert (work.id, work.provider, work.title, work.subtitle) == (
        "SHELF:B0FAKE0001",
        "SHELF",
        "The Glass Harbour",
        None,
    )
    assert (work.authors, work.narrators, work.publisher) == (["Ada Quill"], ["Tom Reed"], "Lantern")
    assert (work.published_year, work.duration_minutes, work.isbn, work.asin) == (2024, 611, None, "B0FAKE0001")
    assert [(each.name, each.sequence) for each in work.series] == [("Tide Wardens", "2")]
    assert (work.description, work.genres, work.language, work.is_audio) == ("A harbour.", ["Fantasy"], "English", True)


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        ({"author": "Ada Quill, Ben Moss"}, "authors", ["Ada Quill", "Ben Moss"]),
        ({"author": ["Ada Quill", "Ben Moss"]}, "authors", ["Ada Quill", "Ben Moss"]),
        ({"author": None}, "authors", []),
        ({"publishedYear": 2024}, "published_year", 2024),
        ({"publishedYear": "14 May 2019"}, "published_year", 2019),
        ({"publishedYear": "soon"}, "published_year", None),
        ({"duration": "611"}, "duration_minutes", 611),
        ({"duration": 36_660_000}, "duration_minutes", None),
        ({"duration": -5}, "duration_minutes", None),
        ({"isbn": "0-306-40615-2"}, "isbn", "9780306406157"),
        ({"asin": "not one"}, "asin", None),
        ({"genres": "Fantasy, Adventure"}, "genres", ["Fantasy", "Adventure"]),
        ({"genres": None}, "genres", []),
        ({"description": None}, "description", None),
    ],
)
def test_the_fields_of_a_match_are_read_leniently(fields: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(read(**fields), field) == value


def test_a_position_that_is_a_number_is_read_and_one_that_is_none_is_left_out() -> None:
    series = [{"series": "Tide Wardens", "sequence": 2}, {"series": "Lanterns", "sequence": "last"}, {"sequence": "1"}]
    assert [(each.name, each.sequence) for each in read(series=series).series] == [
        ("Tide Wardens", "2"), ("Lanterns", None),
    ]  # fmt: skip


def test_huge_answers_are_cut() -> None:
    many = Answer.model_validate({"matches": [EXAMPLE | {"title": f"Book {each}", "asin": ""} for each in range(900)]})
    assert len(works("SHELF", UNKNOWN_SERVER, many.matches)) == 50


def test_two_editions_without_an_identifier_have_different_ids() -> None:
    assert read(asin="").id != read(asin="", narrator="Ann Lee").id
    assert read(asin="").id == read(asin="").id


def test_only_audiobooks_of_a_server_count_as_audio() -> None:
    silent: dict[str, Any] = {"narrator": None, "duration": None}
    assert [read("kindle").is_audio, read("audioteka", **silent).is_audio] == [False, True]
    assert [read(**silent).is_audio, read().is_audio] == [None, True]


@pytest.mark.parametrize("name", PRESETS)
async def test_every_preset_is_searched_with_its_authorization(made: Any, name: str) -> None:
    provider: MetadataProvider = made.provider(name)
    found = (await provider.search(RECORD.title, RECORD.authors)).works
    assert [(each.provider, each.title, each.authors) for each in found] == [
        (name.upper(), RECORD.title, RECORD.authors)
    ]


async def test_the_request_is_the_one_that_audiobookshelf_sends(made: Any) -> None:
    await made.provider("kindle").search("A Child of Oz", ["L. Frank Baum"])
    (request,) = made.stand_ins["custom"].outcomes.requests
    assert (request.path, request.query) == (
        "/kindle/search", "mediaType=book&query=A+Child+of+Oz&author=L.+Frank+Baum",
    )  # fmt: skip


async def test_results_of_other_authors_are_left_out_where_a_server_ignores_the_author(made: Any) -> None:
    assert (await made.provider("lubimyczytac").search(RECORD.title, ["Ruth Plumly"])).works == []


async def test_each_server_has_an_own_budget_and_an_own_pause(made: Any) -> None:
    made.stand_ins["custom"].outcomes.switch_on(Outcome(kind="throttled", path="/kindle/*", retry_after_seconds=600))
    with pytest.raises(RemoteThrottled):
        await made.provider("kindle").search(RECORD.title, [])
    assert (await made.provider("audioteka").search(RECORD.title, [])).works


async def test_a_wrong_authorization_is_refused_and_appears_nowhere(catalogues: Callable[..., Any]) -> None:
    made = catalogues(a_world(providers={"kindle": [RECORD]}), custom_provider_keys="kindle=a-wrong-secret")
    with pytest.raises(RemoteRefusedUs) as refused:
        await made.provider("kindle").search(RECORD.title, [])
    assert "CUSTOM_PROVIDER_KEYS" in refused.value.detail
    assert "a-wrong-secret" not in f"{refused.value} {made.registry}"
    assert AUTHORIZATION not in f"{made.registry}"


def test_an_answer_of_another_kind_is_not_an_answer_without_results() -> None:
    with pytest.raises(ValueError, match="matches"):
        Answer.model_validate({"error": "internal"})


async def test_an_address_without_a_server_of_the_protocol_is_named(catalogues: Callable[..., Any]) -> None:
    made = catalogues(a_world(providers={"kindle": [RECORD]}), custom_providers="kindle=https://custom.test/unknown")
    with pytest.raises(RemoteAnsweredNonsense, match="does not exist"):
        await made.provider("kindle").check()
