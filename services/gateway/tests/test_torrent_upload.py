"""A torrent file is forwarded whole and bounded, with the book that it is."""

from datetime import UTC, datetime
from uuid import uuid4

from shared.contracts.downloads.downloads import MAX_TORRENT_BYTES, CreateDownload, Download, DownloadStatus

from .answering import answering
from .conftest import READ_KEY, WRITE_KEY, Gateway

PATH = "/api/downloads/torrent"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DOWNLOAD = Download(id=uuid4(), title="Emma", status=DownloadStatus.SEARCHING, created_at=NOON, updated_at=NOON)


async def test_a_torrent_file_is_forwarded_as_it_is_with_its_book(gateway: Gateway) -> None:
    content = b"d4:info" + bytes(range(256)) + b"e"
    headers = {"Content-Type": "application/x-bittorrent"}
    async with answering(gateway.nats_url, CreateDownload, DOWNLOAD) as received:
        path = f"{PATH}?title=Emma&authors=Jane%20Austen&override=true"
        answer = await gateway.call("POST", path, WRITE_KEY, content=content, headers=headers)

    (request,) = received
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/downloads/{DOWNLOAD.id}")
    assert (request.torrent, request.title, request.authors, request.override) == (
        content, "Emma", ["Jane Austen"], True,
    )  # fmt: skip


async def test_the_largest_torrent_file_fits_into_one_message(gateway: Gateway) -> None:
    async with answering(gateway.nats_url, CreateDownload, DOWNLOAD) as received:
        answer = await gateway.call("POST", f"{PATH}?title=Emma", WRITE_KEY, content=b"\xff" * MAX_TORRENT_BYTES)

    assert answer.status_code == 201
    assert len(received[0].torrent) == MAX_TORRENT_BYTES


async def test_a_torrent_file_that_is_too_large_or_without_a_book_or_with_a_key_that_only_reads_is_refused(
    gateway: Gateway,
) -> None:
    path = f"{PATH}?title=Emma"
    too_large = await gateway.call("POST", path, WRITE_KEY, content=b"x" * (MAX_TORRENT_BYTES + 1))
    no_book = await gateway.call("POST", PATH, WRITE_KEY, content=b"x")
    only_reads = await gateway.call("POST", path, READ_KEY, content=b"x")

    assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")
    assert (no_book.status_code, only_reads.status_code) == (422, 403)
    assert "missing_book_id or title" in no_book.text
