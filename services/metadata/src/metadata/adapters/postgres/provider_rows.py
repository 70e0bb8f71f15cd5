"""How the providers did when they were last asked."""

from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata import Provider
from sqlalchemy import select

from metadata.adapters.postgres.tables import ProviderRow
from metadata.domain.providers import Registry


class ProviderStates:
    """The providers with their standing."""

    def __init__(self, transaction: Transactions[Transaction], registry: Registry) -> None:
        self._transaction = transaction
        self._registry = registry

    async def all(self) -> list[Provider]:
        """Every provider that the settings name, in their order."""
        async with self._transaction() as tx:
            rows = {row.name: row for row in await tx.session.scalars(select(ProviderRow))}
        return [self._model(each.provider, each.weight, rows.get(each.provider)) for each in self._registry.named]

    def _model(self, name: str, weight: float, row: ProviderRow | None) -> Provider:
        lacks = self._registry.access[name].lacks
        if lacks or row is None:
            return Provider(name=name, enabled=not lacks, weight=weight, health="unknown", detail=lacks or "")
        return Provider.model_validate(
            {
                "name": name,
                "enabled": True,
                "weight": weight,
                "health": row.health,
                "detail": row.detail,
                "last_answer_at": row.last_answer_at,
                "blocked_until": row.blocked_until,
            }
        )
