"""The client against the stand-in."""

from pathlib import Path

import pytest
from library_builders import TOKEN, a_book, a_world, the_library
from library_scanner.adapters.audiobookshelf.parsing import metadata_payload
from library_scanner.domain.field_writes import UnwritableValue
from sandbox.outcomes import Controlled, Failure, Outcome
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.values import SeriesPlace

from sandbox import audiobookshelf


@pytest.fixture
def stand_in(tmp_path: Path) -> Controlled:
    books = [a_book(number) for number in range(1, 621)]
    return audiobookshelf.create(a_world(*books), library_folder=tmp_path, token=TOKEN)


async def test_pages_are_read_until_one_is_empty(stand_in: Controlled) -> None:
    library = the_library(stand_in)
    (shown,) = await library.libraries()
    pages = [len(page) async for page in library.marks(shown.id)]
    assert pages == [500, 120]


async def test_an_address_with_a_base_path_works(stand_in: Controlled) -> None:
    assert [shown.name for shown in await the_library(stand_in, base="/audiobookshelf").libraries()] == ["Audiobooks"]


async def test_details_are_fetched_in_batches_of_a_hundred_and_unknown_ids_are_skipped(stand_in: Controlled) -> None:
    library = the_library(stand_in)
    (shown,) = await library.libraries()
    ids = [mark.abs_id async for page in library.marks(shown.id) for mark in page]
    items = await library.items([*ids[:120], "no-such-item"])
    assert len(items) == 120
    calls = [each for each in stand_in.outcomes.requests if each.path.endswith("batch/get")]
    assert len(calls) == 2
    assert items[0].series == (SeriesPlace(name="Oz", sequence="1"),)


async def test_a_configured_library_that_is_not_visible_is_an_error(stand_in: Controlled) -> None:
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
async def test_each_failure_raises_its_remote_error(
    stand_in: Controlled, failure: Failure, error: type[RemoteError]
) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=failure))
    with pytest.raises(error):
        await the_library(stand_in).libraries()


async def test_a_read_is_retried_while_the_server_is_briefly_unavailable(stand_in: Controlled) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY, times=2))
    assert len(await the_library(stand_in).libraries()) == 1


def test_a_payload_has_authors_as_objects_and_sequences_as_strings() -> None:
    assert metadata_payload(
        {"authors": ["L. Frank Baum"], "series": [SeriesPlace(name="Oz", sequence="1")], "published_year": "1900"}
    ) == {
        "authors": [{"name": "L. Frank Baum"}],
        "series": [{"name": "Oz", "sequence": "1"}],
        "publishedYear": "1900",
    }


def test_a_payload_that_would_crash_the_server_is_refused() -> None:
    with pytest.raises(UnwritableValue, match="series"):
        metadata_payload({"series": [None]})  # type: ignore[dict-item]
