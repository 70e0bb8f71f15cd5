"""Waiting is announced once, when it begins."""

from collections.abc import Callable
from typing import Any

import pytest
from downloader.domain.limits import Limits
from downloader.domain.waiting import kind_of_waiting
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.events import DownloadWaits

from .conftest import GOOD, Bench


async def test_waiting_is_announced_once_until_the_reason_changes(bench: Bench, wanted: Callable[..., Any]) -> None:
    download_id = await wanted(GOOD)

    async def searched(free_bytes_wanted: int) -> list[DownloadWaits]:
        bench.context_loader.limits = Limits(min_free_disk_bytes=free_bytes_wanted)
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        return await bench.sent(DownloadWaits)

    await searched(0)
    (event,) = await searched(0)
    download = await bench.download(download_id)
    assert (event.waits_for, event.title, event.words) == ("approval", download.title, download.waiting_for)
    assert [each.waits_for for each in await searched(2**60)] == ["approval", "disk"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("approval: “Ozma of Oz” from MyAnonamouse, score 0.93", "approval"),
        ("a decision on 1 doubtful releases: “Ozma of Oz” (language: got none, want English)", "decision"),
        ("“Ozma of Oz” cannot be grabbed now: free disk: got 0.50 GiB free, want 6.00 GiB", "disk"),
        ("“Ozma of Oz” cannot be grabbed now: standing: got 20 unsatisfied torrents of 20", "account"),
    ],
)
def test_the_kind_of_waiting_is_derived_from_its_text(words: str, kind: str) -> None:
    assert kind_of_waiting(words) == kind
