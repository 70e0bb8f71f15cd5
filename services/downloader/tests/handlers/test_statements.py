"""Lists take at most two statements, whatever the page; those of one download also load the download."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.handlers.blocklist import BlocklistHandlers
from downloader.handlers.list_downloads import ListDownloadsHandlers
from shared.chassis.clock import SystemClock
from shared.chassis.database import Transactions
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.candidates import ListCandidates
from shared.contracts.downloads.downloads import ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import ListFailedAttempts
from shared.testing.statements import statements

Query = Callable[[Transactions[PostgresTransaction], UUID], Coroutine[Any, Any, Any]]
QUERIES: dict[str, tuple[int, Query]] = {
    "downloads": (2, lambda tx, _: ListDownloadsHandlers(tx).list_downloads(ListDownloads())),
    "found downloads": (2, lambda tx, _: ListDownloadsHandlers(tx).search_downloads(SearchDownloads(query="oz"))),
    "blocklist": (2, lambda tx, _: BlocklistHandlers(tx, SystemClock()).list_blocklist(ListBlocklist())),
    "candidates": (3, lambda tx, known: ListDownloadsHandlers(tx).list_candidates(ListCandidates(download_id=known))),
    "failed": (
        3,
        lambda tx, known: ListDownloadsHandlers(tx).list_failed_attempts(ListFailedAttempts(download_id=known)),
    ),
}


@pytest.mark.parametrize(("most", "query"), QUERIES.values(), ids=QUERIES)
async def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(
    most: int,
    query: Query,
    transaction: Transactions[PostgresTransaction],
    stored: Callable[..., Any],
    a_missing_book: Callable[..., Any],
) -> None:
    ids = [await stored(a_missing_book(id=uuid4(), title=f"Oz {number}")) for number in range(6)]
    with statements() as sent:
        await query(transaction, ids[0])
    assert 1 <= len(sent) <= most
