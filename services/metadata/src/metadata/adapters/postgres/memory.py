"""Answers of the providers, remembered: a week what was found, a day what was not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata import CataloguedWork
from sqlalchemy.dialects.postgresql import insert

from metadata.adapters.postgres.tables import AnswerRow
from metadata.domain.ports import Found

FOUND_FOR = timedelta(days=7)
NOT_FOUND_FOR = timedelta(days=1)


class RememberedAnswers:
    """Kept in Postgres, by the question."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def recall(self, key: str, now: datetime) -> Found | None:
        """The answer to a question if it is not too old, else None."""
        async with self._transaction() as tx:
            row = await tx.session.get(AnswerRow, key)
        if row is None:
            return None
        works = [CataloguedWork.model_validate(each) for each in row.answer["works"]]
        life = FOUND_FOR if works else NOT_FOUND_FOR
        return Found(works, row.answer["cut"]) if row.fetched_at > now - life else None

    async def remember(self, key: str, found: Found, implied: Mapping[str, Found], now: datetime) -> None:
        """Keep an answer, and what it answers of other questions where no answer of their own is young."""
        adding = insert(AnswerRow)
        newer = {"answer": adding.excluded.answer, "fetched_at": adding.excluded.fetched_at}
        async with self._transaction() as tx:
            renewing = adding.on_conflict_do_update(index_elements=["key"], set_=newer)
            await tx.session.execute(renewing, [_row(key, found, now)])
            if implied:
                old = AnswerRow.fetched_at < now - NOT_FOUND_FOR
                filling = adding.on_conflict_do_update(index_elements=["key"], set_=newer, where=old)
                # Sorted, so that two answers with the same books lock them in the same order.
                await tx.session.execute(filling, [_row(other, implied[other], now) for other in sorted(implied)])


def _row(key: str, found: Found, now: datetime) -> dict[str, Any]:
    answer = {"works": [each.model_dump(mode="json") for each in found.works], "cut": found.cut}
    return {"key": key, "answer": answer, "fetched_at": now}
