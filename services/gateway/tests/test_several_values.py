"""Filters that are repeated in the address: items with any of the values are listed."""

from typing import Any
from uuid import uuid4

import pytest
from shared.contracts.downloads.downloads import Download, DownloadStatus, ListDownloads
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook
from shared.contracts.message import Request
from shared.contracts.page import Page
from shared.contracts.values import MissingReason, MissingStatus

from .answering import answering
from .conftest import Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

NO_BOOKS = Page[MissingBook](items=[], total=0, limit=50, offset=0)
NO_DOWNLOADS = Page[Download](items=[], total=0, limit=50, offset=0)
BOOKS = [uuid4(), uuid4()]
SEVERAL = [MissingStatus.FAILED, MissingStatus.UPCOMING]


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


@pytest.mark.parametrize(
    ("path", "request_sent", "answer"),
    [
        ("books/missing?status=failed&status=upcoming", ListMissingBooks(status=SEVERAL), NO_BOOKS),
        ("books/missing?reason=list", ListMissingBooks(reason=[MissingReason.LIST]), NO_BOOKS),
        ("books/missing", ListMissingBooks(), NO_BOOKS),
        (
            "downloads?status=failed&status=queued",
            ListDownloads(status=[DownloadStatus.FAILED, DownloadStatus.QUEUED]),
            NO_DOWNLOADS,
        ),
        (
            f"downloads?missing_book_id={BOOKS[0]}&missing_book_id={BOOKS[1]}",
            ListDownloads(missing_book_id=BOOKS),
            NO_DOWNLOADS,
        ),
        ("downloads/status/failed", ListDownloads(status=[DownloadStatus.FAILED]), NO_DOWNLOADS),
    ],
)
async def test_every_value_of_a_filter_is_sent(
    gateway: Gateway, path: str, request_sent: Request[Any], answer: Any
) -> None:
    async with answering(gateway.nats_url, type(request_sent), answer) as requests:
        response = await gateway.call("GET", f"/api/{path}")
    assert response.status_code == 200
    assert requests == [request_sent]


@pytest.mark.parametrize("query", ["status=gone", "status=failed&status=gone", "status=failed&" * 21])
async def test_unknown_values_and_too_many_are_refused(gateway: Gateway, query: str) -> None:
    for path in ("/api/books/missing", "/api/downloads", f"/api/series/{uuid4()}/missing"):
        assert (await gateway.call("GET", f"{path}?{query}")).status_code == 422
