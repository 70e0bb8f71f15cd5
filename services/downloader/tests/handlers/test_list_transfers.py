"""The speeds of all running downloads."""

from collections.abc import Callable
from typing import Any

from downloader.handlers.list_transfers import FRESH_SECONDS, ListTransfersHandler
from sandbox.outcomes import Outcome
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.transfers import ListTransfers

from .conftest import GOOD, Bench

Make = Callable[..., Any]


def transfers(bench: Bench) -> ListTransfersHandler:
    return ListTransfersHandler(bench.transaction, bench.client, bench.clock)


def deltas(bench: Bench) -> int:
    return sum(call.path == "/api/v2/sync/maindata" for call in bench.server.outcomes.requests)


async def test_the_client_is_asked_once_for_all_downloads(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()
    handler, before = transfers(bench), deltas(bench)

    answers = [await handler.list_transfers(ListTransfers()) for _ in range(3)]
    bench.clock.forward(seconds=FRESH_SECONDS)
    await handler.list_transfers(ListTransfers())

    assert [[each.id for each in answer.items] for answer in answers] == [[download_id]] * 3
    assert deltas(bench) - before == 2


async def test_the_client_is_not_asked_while_nothing_is_downloading(bench: Bench, stored: Make) -> None:
    await stored()
    before = deltas(bench)
    answer = await transfers(bench).list_transfers(ListTransfers())
    assert (answer.items, answer.problem, deltas(bench) - before) == ([], None, 0)


async def test_an_unavailable_client_is_a_problem_and_no_empty_list(bench: Bench, stored: Make) -> None:
    await stored(status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.server.outcomes.switch_on(Outcome(kind="away", path="/api/v2/sync/maindata"))
    answer = await transfers(bench).list_transfers(ListTransfers())
    assert (answer.items, bool(answer.problem)) == ([], True)
