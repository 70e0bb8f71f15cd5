"""The client against the stand-in."""

from pathlib import Path

import pytest
from library_builders import TOKEN, a_book, a_world, the_library
from library_scanner.adapters.audiobookshelf.parsing import metadata_payload
from library_scanner.domain.field_writes import UnwritableValue
from library_scanner.handlers.check_integrations import CheckIntegrationsHandler
from sandbox.outcomes import Controlled, Failure, Outcome
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.contracts.values import SeriesPlace

from sandbox import audiobookshelf


@pytest.fixture
def stand_in(tmp_path: Path) -> Controlled:
    books = [a_book(number) for number in range(1, 621)]
    return audiobookshelf.create(a_world(*books), library_folder=tmp_path, token=TOKEN)


async def test_all_pages_are_read_until_one_is_empty(stand_in: Controlled) -> None:
    library = the_library(stand_in)
    (shown,) = await library.libraries()
    pages = [len(page) async for page in library.marks(shown.id)]
    assert pages == [500, 120]


async def test_an_address_with_a_base_path_works(stand_in: Controlled) -> None:
    assert [shown.name for shown in await the_library(stand_in, base="/audiobookshelf").libraries()] == ["Audiobooks"]


async def test_details_are_fetched_a_hundred_at_a_time_and_unknown_ids_are_left_out(stand_in: Controlled) -> None:
    library = the_library(stand_in)
    (shown,) = await library.libraries()
    ids = [mark.abs_id async for page in library.marks(shown.id) for mark in page]
    items = await library.items([*ids[:120], "no-such-item"])
    assert len(items) == 120
    calls = [each for each in stand_in.outcomes.requests if each.path.endswith("batch/get")]
    assert len(calls) == 2
    assert items[0].series == (SeriesPlace(name="Oz", sequence="1"),)


async def test_a_library_named_in_the_settings_and_not_shown_is_said_so(stand_in: Controlled) -> None:
    with pytest.raises(RemoteRefusedUs, match=r"ABS_LIBRARIES names 'Music', but .* Audiobooks"):
        await the_library(stand_in, libraries=("Music",)).libraries()


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (Failure.AWAY, RemoteUnavailable),
        (Failure.BROKEN, RemoteUnavailable),
        (Failure.UNAUTHORIZED, RemoteRefusedUs),
        (Failure.FORBIDDEN, RemoteRefusedUs),
        (Failure.THROTTLED, RemoteThrottled),
        (Failure.HTML, RemoteAnsweredNonsense),
        (Failure.HALF, RemoteAnsweredNonsense),
        (Failure.EMPTY, RemoteAnsweredNonsense),
    ],
)
async def test_each_failure_is_one_of_the_closed_set(
    stand_in: Controlled, failure: Failure, error: type[RemoteError]
) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=failure))
    with pytest.raises(error):
        await the_library(stand_in).libraries()


async def test_a_read_is_tried_again_when_the_server_is_away_for_a_moment(stand_in: Controlled) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY, times=2))
    assert len(await the_library(stand_in).libraries()) == 1


def test_a_payload_has_authors_as_objects_and_sequences_as_texts() -> None:
    assert metadata_payload(
        {"authors": ["L. Frank Baum"], "series": [SeriesPlace(name="Oz", sequence="1")], "published_year": "1900"}
    ) == {
        "authors": [{"name": "L. Frank Baum"}],
        "series": [{"name": "Oz", "sequence": "1"}],
        "publishedYear": "1900",
    }


def test_a_payload_that_would_end_the_server_is_not_made() -> None:
    with pytest.raises(UnwritableValue, match="series"):
        metadata_payload({"series": [None]})  # type: ignore[dict-item]


async def test_the_check_says_who_we_are_and_what_is_seen(stand_in: Controlled) -> None:
    (found,) = await CheckIntegrationsHandler(the_library(stand_in), "http://stand-in").check(CheckIntegrations())
    assert (found.state, found.version) == (IntegrationState.OK, "2.36.0")
    assert "Audiobooks" in found.detail


async def test_the_check_says_what_to_do_about_a_wrong_token(stand_in: Controlled) -> None:
    (found,) = await CheckIntegrationsHandler(the_library(stand_in, token="wrong"), "http://stand-in").check(
        CheckIntegrations()
    )
    assert found.state is IntegrationState.REFUSED
    assert "ABS_TOKEN" in found.detail
