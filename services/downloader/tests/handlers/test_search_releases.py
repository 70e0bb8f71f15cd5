"""A person searches the indexers."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from shared.chassis.errors import NotFound, RemoteUnavailable
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.downloads import (
    DownloadStatus,
    ListDownloads,
)
from shared.contracts.downloads.interactive_search import GrabFoundRelease, SearchReleases

from .conftest import Bench

Make = Callable[..., Any]


async def test_an_interactive_search_judges_every_release_and_names_unavailable_indexers(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    missing = a_missing_book()
    bench.library.missing = [missing]
    bench.mam.releases = [a_release(id="1"), a_release(id="2", title="Ozma of Oz", seeders=0)]
    bench.prowlarr.error = RemoteUnavailable("Prowlarr", "connection refused")

    found = await bench.search_releases.search(SearchReleases(missing_book_id=missing.id))

    assert [(each.release.id, each.verdict) for each in found.releases] == [
        ("1", Verdict.ACCEPTED), ("2", Verdict.REJECTED),
    ]  # fmt: skip
    assert found.releases[1].reasons
    assert found.problems == ["Prowlarr: connection refused"]
    assert (await bench.list_downloads.list_downloads(ListDownloads())).total == 0


async def test_a_release_found_by_words_is_grabbed_without_a_download(bench: Bench, a_release: Make) -> None:
    bench.mam.releases = [a_release()]
    found = await bench.search_releases.search(SearchReleases(query="marvelous land of oz"))

    release = found.releases[0].release
    grabbed = await bench.create_download.grab(GrabFoundRelease(indexer=release.indexer, release_id=release.id))
    await bench.deliver()

    assert (await bench.download(grabbed.id)).status is DownloadStatus.DOWNLOADING


async def test_a_search_for_an_unknown_missing_book_is_refused(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.search_releases.search(SearchReleases(missing_book_id=uuid4()))
