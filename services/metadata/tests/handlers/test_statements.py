"""The list of corrections takes at most two statements, whatever the page."""

from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from shared.contracts.metadata.corrections import ListCorrections
from shared.testing.clocks import ManualClock
from shared.testing.statements import statements


async def test_a_page_of_corrections_takes_two_statements_at_most(
    transaction: Transactions, clock: ManualClock
) -> None:
    with statements() as sent:
        await CorrectionHandlers(transaction, clock).list_corrections(ListCorrections())
    assert 1 <= len(sent) <= 2
