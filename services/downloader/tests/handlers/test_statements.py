"""Lists take at most two statements, whatever the page; those of one download look for it first."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.handlers.list_downloads import Reading
from shared.chassis.database import Transactions
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.candidates import ListCandidates
from shared.contracts.downloads.downloads import ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import ListFailedAttempts
from shared.testing.statements import statements

Asks = Callable[[Reading, UUID], Coroutine[Any, Any, Any]]
ASKED: dict[str, tuple[int, Asks]] = {
    "downloads": (2, lambda reading, _: reading.list_downloads(ListDownloads())),
    "found downloads": (2, lambda reading, _: reading.search_downloads(SearchDownloads(query="oz"))),
    "blocklist": (2, lambda reading, _: reading.list_blocklist(ListBlocklist())),
    "candidates": (3, lambda reading, known: reading.list_candidates(ListCandidates(download_id=known))),
    "failed": (3, lambda reading, known: reading.list_failed_attempts(ListFailedAttempts(download_id=known))),
}


@pytest.mark.parametrize(("most", "asks"), ASKED.values(), ids=ASKED)
async def test_a_page_takes_few_statements_however_many_there_are(
    most: int,
    asks: Asks,
    transaction: Transactions[Any],
    stored: Callable[..., Any],
    a_missing_book: Callable[..., Any],
) -> None:
    ids = [await stored(a_missing_book(id=uuid4(), title=f"Oz {number}")) for number in range(6)]
    with statements() as sent:
        await asks(Reading(transaction), ids[0])
    assert 1 <= len(sent) <= most
