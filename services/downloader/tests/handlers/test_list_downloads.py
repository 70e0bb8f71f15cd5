"""Lists and single downloads."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.refusals import UnknownSort
from shared.chassis.errors import NotFound
from shared.contracts.downloads.downloads import (
    Download,
    DownloadSource,
    DownloadStatus,
    ErrorType,
    GetDownload,
    ListDownloads,
    SearchDownloads,
)
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.translatable import Translatable
from shared.translatable import translatable
from sqlalchemy import text

from .conftest import Bench

Make = Callable[..., Any]


async def test_downloads_are_found_by_words_and_by_waiting(bench: Bench, stored: Make) -> None:
    await stored(waiting_for="approval")

    async def found(words: str) -> int:
        return (await bench.list_downloads.search_downloads(SearchDownloads(query=words))).total

    assert [await found("oz baum"), await found("oz doyle"), await found("%")] == [1, 0, 0]
    assert (await bench.list_downloads.list_downloads(ListDownloads(waiting=True))).total == 1
    assert (await bench.list_downloads.list_downloads(ListDownloads(waiting=False))).total == 0


async def test_downloads_with_one_of_several_values_are_listed(bench: Bench, stored: Make) -> None:
    await stored(status=DownloadStatus.FAILED, error_type=ErrorType.NETWORK)

    async def total(**filters: Any) -> int:
        return (await bench.list_downloads.list_downloads(ListDownloads(**filters))).total

    assert await total(status=[DownloadStatus.IMPORTED, DownloadStatus.FAILED]) == 1
    assert await total(status=[DownloadStatus.IMPORTED, DownloadStatus.QUEUED]) == 0
    assert await total(error_type=[ErrorType.CLIENT, ErrorType.NETWORK]) == 1
    assert await total(error_type=[ErrorType.CLIENT]) == 0
    assert await total(source=[DownloadSource.MAM, DownloadSource.PROWLARR]) == 0


async def test_one_request_lists_the_downloads_of_a_page_of_missing_books(
    bench: Bench, stored: Make, a_missing_book: Make
) -> None:
    wanted: MissingBook = a_missing_book()
    await stored(wanted, waiting_for="approval")

    async def found(*missing_book_ids: UUID) -> list[Download]:
        request = ListDownloads(missing_book_id=list(missing_book_ids))
        return (await bench.list_downloads.list_downloads(request)).items

    assert [each.waiting_for for each in await found(uuid4(), wanted.id)] == ["approval"]
    assert await found(uuid4(), uuid4()) == []


async def test_an_unknown_download_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await bench.list_downloads.get_download(GetDownload(id=uuid4()))


async def test_an_unknown_sort_is_refused_with_the_possible_fields(bench: Bench) -> None:
    with pytest.raises(UnknownSort, match="created_at") as refused:
        await bench.list_downloads.list_downloads(ListDownloads(sort="colour"))

    assert refused.value.status == 422


async def test_what_a_download_waits_for_keeps_its_code_and_figures(bench: Bench, a_missing_book: Make) -> None:
    async with bench.transaction() as tx:
        download = await tx.downloads.make(a_missing_book(), bench.clock.now())
        download.waits_for(translatable("download.approval", "approval: “Ozma”", title="Ozma", score=0.5))
        await tx.downloads.save(download)

    parts = {"waiting_for": Translatable(code="download.approval", figures={"title": "Ozma", "score": 0.5})}
    assert (await bench.list_downloads.get_download(GetDownload(id=download.id))).translatable == parts
    async with bench.transaction() as tx:
        loaded = await tx.downloads.get(download.id)
        assert loaded is not None
        await tx.downloads.save(loaded)
    assert (await bench.list_downloads.get_download(GetDownload(id=download.id))).translatable == parts


async def test_words_that_an_older_version_stored_have_no_figures_of_others(bench: Bench, a_missing_book: Make) -> None:
    async with bench.transaction() as tx:
        download = await tx.downloads.make(a_missing_book(), bench.clock.now())
        download.waits_for(translatable("download.approval", "approval: “Ozma”", title="Ozma", score=0.5))
        await tx.downloads.save(download)
        await tx.session.execute(text("update downloads.downloads set waiting_for = 'approval: “Tik-Tok”'"))

    shown = await bench.list_downloads.get_download(GetDownload(id=download.id))

    assert (shown.waiting_for, shown.translatable) == ("approval: “Tik-Tok”", {})
