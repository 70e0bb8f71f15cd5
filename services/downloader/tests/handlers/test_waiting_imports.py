"""Imports that need a person wait in one list, and continue with what the person decides."""

import os
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.refusals import NotNow, UnknownChoice
from downloader.handlers.retry_failed_downloads import STUCK_AFTER
from sandbox.world import Offer
from shared.chassis.errors import NotFound
from shared.contracts.downloads.commands import ImportDownload, RetryFailedDownloads, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, WaitsFor
from shared.contracts.downloads.events import DownloadWaits
from shared.contracts.downloads.imports import DecideImport, ListWaitingImports, WaitingImport, WaitingImportKind
from sqlalchemy import text

from .conftest import GOOD, OTHER_BOOK, Bench

FOLDER = "L. Frank Baum/Oz"
PLACE = f"{FOLDER}/02 - The Marvelous Land of Oz {{Tom Reed}}"
WAITING = ListWaitingImports()


@pytest.fixture
def imported(bench: Bench, wanted: Callable[..., Any]) -> Callable[..., Any]:
    """Call it with an offer: it is downloaded, and its import is attempted. Returns the download's id."""

    async def run(offer: Offer, *, by_person: bool = False) -> UUID:
        download_id: UUID = await wanted(offer)
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        if by_person:
            async with bench.transaction() as tx:
                await tx.session.execute(text("update downloads.downloads set by_person = true"))
        await bench.deliver()
        await bench.monitored()
        await bench.deliver()
        return download_id

    return run


async def the_question(bench: Bench) -> WaitingImport:
    (question,) = (await bench.waiting_imports.list_waiting(WAITING)).items
    return question


async def decided(bench: Bench, question: WaitingImport, choice: str) -> WaitingImport:
    answered = await bench.waiting_imports.decide(DecideImport(id=question.id, choice=choice, decided_by="Dorothy"))
    await bench.deliver()
    return answered


def occupy(bench: Bench) -> None:
    (bench.library_path / PLACE).mkdir(parents=True)
    (bench.library_path / PLACE / "another reading.m4b").write_bytes(b"audio")


async def test_a_name_that_is_taken_waits_and_the_book_is_placed_beside(bench: Bench, imported: Any) -> None:
    occupy(bench)
    download_id = await imported(GOOD)
    question = await the_question(bench)
    assert (question.kind, question.download_id) == (WaitingImportKind.NAME_TAKEN, download_id)
    assert PLACE in question.reasons[0]
    assert question.translatable["reasons.0"].code == "download.other_files"
    waiting = (await bench.download(download_id)).translatable["waiting_for"]
    assert waiting.figures["reasons"] == [question.translatable["reasons.0"].model_dump()]
    assert [each.key for each in question.choices] == ["beside", "retry", "reject"]

    answered = await decided(bench, question, "beside")

    download = await bench.download(download_id)
    assert (answered.answer, answered.answered_by) == ("beside", "Dorothy")
    assert download.library_path == f"{FOLDER}/02 - The Marvelous Land of Oz (2) {{Tom Reed}}"
    assert (download.status, download.waiting_for) == (DownloadStatus.IMPORTING, None)
    assert os.listdir(bench.library_path / PLACE) == ["another reading.m4b"]
    assert (await bench.waiting_imports.list_waiting(WAITING)).total == 0
    assert (await bench.waiting_imports.list_waiting(ListWaitingImports(answered=True))).items == [answered]


async def test_a_name_that_is_taken_is_tried_again_after_a_person_made_room(bench: Bench, imported: Any) -> None:
    occupy(bench)
    download_id = await imported(GOOD)
    question = await the_question(bench)
    await decided(bench, question, "retry")
    again = await the_question(bench)
    assert again.id != question.id

    os.rename(bench.library_path / PLACE, bench.library_path / "elsewhere")
    await decided(bench, again, "retry")

    assert (await bench.download(download_id)).library_path == PLACE


async def test_a_release_that_a_person_chose_is_imported_although_its_files_name_another_book(
    bench: Bench, imported: Any
) -> None:
    download_id = await imported(OTHER_BOOK, by_person=True)
    question = await the_question(bench)
    assert question.kind is WaitingImportKind.OTHER_BOOK
    assert "Dracula" in question.reasons[0]
    assert question.translatable["reasons.0"].code == "download.contents"

    await decided(bench, question, "import")

    assert (await bench.download(download_id)).library_path == PLACE


async def test_a_release_that_a_person_rejects_is_blocked_and_another_one_searched(bench: Bench, imported: Any) -> None:
    download_id = await imported(OTHER_BOOK, by_person=True)
    await decided(bench, await the_question(bench), "reject")
    download = await bench.download(download_id)
    assert (download.release_id, download.library_path) == (None, None)
    async with bench.transaction() as tx:
        reasons = await tx.session.scalars(text("select reason from downloads.blocklist"))
        assert "Dracula" in reasons.one()


async def test_a_waiting_import_is_announced_once_and_never_tried_by_itself(bench: Bench, imported: Any) -> None:
    occupy(bench)
    download_id = await imported(GOOD)
    bench.clock.forward(seconds=2 * STUCK_AFTER.total_seconds())
    async with bench.transaction() as tx:
        await tx.session.execute(text("update downloads.downloads set updated_at = '2026-01-01'"))
    await bench.retry_failed_downloads.retry_failed(RetryFailedDownloads())
    await bench.import_download.import_download(ImportDownload(download_id=download_id))

    (announced,) = await bench.sent(DownloadWaits)
    assert (announced.download_id, announced.waits_for) == (download_id, WaitsFor.DECISION)
    assert await bench.sent(ImportDownload) == []
    assert (await the_question(bench)).download_id == download_id


async def test_a_decision_is_made_once(bench: Bench, imported: Any) -> None:
    occupy(bench)
    await imported(GOOD)
    question = await the_question(bench)
    with pytest.raises(UnknownChoice, match="beside, retry, reject"):
        await decided(bench, question, "burn")
    first = await decided(bench, question, "beside")
    assert await decided(bench, question, "beside") == first
    with pytest.raises(NotNow, match="already decided by Dorothy"):
        await decided(bench, question, "reject")


async def test_the_question_of_a_cancelled_download_no_longer_waits(bench: Bench, imported: Any) -> None:
    occupy(bench)
    download_id = await imported(GOOD)
    question = await the_question(bench)
    await bench.cancelled(download_id)
    assert (await bench.waiting_imports.list_waiting(WAITING)).items == []
    for unknown in (question.id, uuid4()):
        with pytest.raises(NotFound):
            await bench.waiting_imports.decide(DecideImport(id=unknown, choice="beside", decided_by="Dorothy"))
