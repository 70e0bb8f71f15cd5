"""A statement accepts more values than it may have parameters, which are 65,535 in Postgres."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from library_scanner.domain.transaction import Transaction, Transactions
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.testing.clocks import ManualClock

COUNT = 65_536
IDS = [uuid4() for _ in range(COUNT)]
NAMES = [str(each) for each in IDS]
NOW = ManualClock().now()


@pytest.mark.parametrize(
    "statement",
    [
        lambda tx: tx.books.owners(NAMES),
        lambda tx: tx.books.mark_read(NAMES, 1),
        lambda tx: tx.books.siblings(NAMES),
        lambda tx: tx.books.by_ids(IDS),
        lambda tx: tx.books.abs_ids_by(IDS),
        lambda tx: tx.books.archive(IDS, NOW),
        lambda tx: tx.counts.update_for(IDS, IDS),
        lambda tx: tx.counts.update(IDS, IDS),
        lambda tx: tx.subjects.known(BibliographyOf.SERIES, IDS),
        lambda tx: tx.subjects.series_to_compare(1, IDS),
        lambda tx: tx.subjects.authors_to_compare(1, 1, IDS),
    ],
)
async def test_a_statement_accepts_any_number_of_values(
    transaction: Transactions, statement: Callable[[Transaction], Awaitable[object]]
) -> None:
    async with transaction() as tx:
        await statement(tx)
