"""The ledger of seeding times, compared with the client and the tracker."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.seeding_end import AfterSeeding, SeedingEnd
from sandbox.outcomes import Outcome
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.seeding import (
    CheckSeeding,
    ListSeeding,
    SeedingInterrupted,
    SeedingState,
    SeedingTorrent,
)
from shared.contracts.library.imports import ImportConfirmed
from shared.contracts.mam.seeding import SeedingDuty
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .conftest import GOOD, Bench

Make = Callable[..., Any]
HOUR = 3600.0


@pytest.fixture
async def seeding(bench: Bench, wanted: Make) -> UUID:
    """A download that is complete and seeds."""
    download_id: UUID = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    await bench.monitored()
    await bench.check_seeding.check(CheckSeeding())
    return download_id


async def listed(bench: Bench) -> SeedingTorrent:
    (torrent,) = (await bench.check_seeding.list_seeding(ListSeeding())).items
    return torrent


async def passed(bench: Bench, hours: float) -> None:
    """Let time pass while the torrent seeds, and check."""
    bench.seconds.now += hours * HOUR
    bench.clock.forward(hours=hours)
    await bench.check_seeding.check(CheckSeeding())


async def imported(bench: Bench, download_id: UUID) -> None:
    await bench.deliver()
    await bench.import_download.confirmed(
        ImportConfirmed(download_id=download_id, missing_book_id=None, book_id=download_id)
    )


async def client_calls(bench: Bench, action: str, **form: str) -> None:
    """A person acts on our torrent in the client's own page."""
    info_hash = (await listed(bench)).info_hash
    await bench.session.call("POST", f"torrents/{action}", data={"hashes": info_hash, **form})


async def test_a_grabbed_torrent_is_in_the_ledger_until_its_duty_is_met(bench: Bench, seeding: UUID) -> None:
    before = await listed(bench)
    await passed(bench, 80)
    after = await listed(bench)

    assert (before.state, before.safe_to_remove) == (SeedingState.SEEDING, False)
    assert (before.download_id, before.title) == (seeding, "The Marvelous Land of Oz")
    assert (after.safe_to_remove, after.remaining_seconds) == (True, 0)


async def test_a_torrent_that_the_client_did_not_list_for_a_moment_stays_in_the_ledger(
    bench: Bench, wanted: Make
) -> None:
    """A client that has just started lists its torrents one after the other."""
    await bench.search_for_download.search(SearchForDownload(download_id=await wanted(GOOD)))
    await bench.deliver()
    async with bench.transaction() as tx:
        entry = await tx.seeding.locked((await listed(bench)).info_hash)
        assert entry is not None
        entry.saw(None, bench.clock.now())
        await tx.seeding.store(entry)
    gone = await listed(bench)

    await passed(bench, 1)

    assert (gone.state, (await listed(bench)).state) == (SeedingState.ENDED, SeedingState.SEEDING)


async def test_the_client_does_not_stop_a_torrent_by_its_own_limits(bench: Bench, seeding: UUID) -> None:
    calls = [call for call in bench.server.outcomes.requests if call.path == "/api/v2/torrents/setShareLimits"]

    assert len(calls) == 1


async def test_the_limits_are_lifted_before_the_grab_is_stored(bench: Bench, wanted: Make) -> None:
    """A process that dies in between lifts them when the message is delivered again."""
    await bench.search_for_download.search(SearchForDownload(download_id=await wanted(GOOD)))
    async with bench.transaction() as tx:
        refuse = "alter table downloads.downloads add constraint refuses check (status <> 'downloading')"
        await tx.session.execute(text(refuse))

    with pytest.raises(DBAPIError):
        await bench.deliver()

    assert any(call.path == "/api/v2/torrents/setShareLimits" for call in bench.server.outcomes.requests)


async def test_the_trackers_list_keeps_a_torrent(bench: Bench, seeding: UUID) -> None:
    release_id = (await listed(bench)).release_id
    bench.account.duties = [
        SeedingDuty(
            torrent_id=release_id, title="", size_bytes=1, seeding=True, hit_and_run=False, seeded_seconds=0,
            remaining_seconds=200 * 3600, read_at=bench.clock.now(),
        )
    ]  # fmt: skip
    await passed(bench, 80)

    assert not (await listed(bench)).safe_to_remove


async def test_an_unavailable_list_of_the_tracker_does_not_stop_the_check(bench: Bench, seeding: UUID) -> None:
    bench.account.error = RemoteUnavailable("MyAnonamouse", "away")
    await passed(bench, 80)

    assert (await listed(bench)).safe_to_remove


async def test_a_torrent_that_is_paused_too_soon_is_announced_once(bench: Bench, seeding: UUID) -> None:
    await client_calls(bench, "stop")
    await passed(bench, 1)
    await passed(bench, 1)

    (event,) = await bench.sent(SeedingInterrupted)
    assert "does not seed" in event.words
    assert (await listed(bench)).state is SeedingState.STOPPED


async def test_a_torrent_that_is_removed_too_soon_is_announced(bench: Bench, seeding: UUID) -> None:
    await client_calls(bench, "delete", deleteFiles="false")
    await passed(bench, 1)

    (event,) = await bench.sent(SeedingInterrupted)
    assert "was removed from the download client" in event.words
    assert (await listed(bench)).state is SeedingState.GONE


async def test_a_dry_run_only_plans(bench: Bench, seeding: UUID) -> None:
    await client_calls(bench, "stop")
    before = await listed(bench)
    await bench.check_seeding.check(CheckSeeding(run_id=uuid4(), dry_run=True))

    assert await bench.sent(SeedingInterrupted) == []
    assert await listed(bench) == before


async def test_nothing_is_removed_unless_the_rule_says_so(bench: Bench, seeding: UUID) -> None:
    await imported(bench, seeding)
    await passed(bench, 10_000)

    assert await bench.client.find([(await listed(bench)).info_hash]) is not None


@pytest.mark.parametrize("is_imported", [True, False])
async def test_the_torrent_of_an_imported_book_is_removed_by_the_rule(
    bench: Bench, seeding: UUID, is_imported: bool
) -> None:
    if is_imported:
        await imported(bench, seeding)
    bench.check_seeding = bench.check_seeding_with(SeedingEnd(AfterSeeding.REMOVE, after=timedelta(days=5)))
    info_hash = (await listed(bench)).info_hash
    await passed(bench, 100)
    kept = await bench.client.find([info_hash])
    await passed(bench, 30)

    assert kept is not None
    assert (await bench.client.find([info_hash]) is None) is is_imported
    if is_imported:
        await passed(bench, 1)
        assert (await listed(bench)).state is SeedingState.ENDED


async def test_the_torrent_of_an_imported_book_is_moved_to_a_category_by_the_rule(bench: Bench, seeding: UUID) -> None:
    await imported(bench, seeding)
    bench.check_seeding = bench.check_seeding_with(SeedingEnd(AfterSeeding.CATEGORY, category="seeded"))
    await passed(bench, 80)

    torrent = await bench.client.find([(await listed(bench)).info_hash])
    assert torrent is not None
    assert torrent.category == "seeded"


async def test_a_client_that_is_away_changes_nothing(bench: Bench, seeding: UUID) -> None:
    before = await listed(bench)
    bench.server.outcomes.switch_on(Outcome(kind="away"))
    await passed(bench, 80)

    assert await listed(bench) == before
