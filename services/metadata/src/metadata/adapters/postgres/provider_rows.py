"""How the providers did when they were last asked."""

from datetime import datetime, timedelta
from typing import Literal

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata.providers import Provider, Quota
from sqlalchemy import func, select

from metadata.adapters.postgres.rate_limiter import A_DAY, A_MINUTE
from metadata.adapters.postgres.tables import ProviderRow, PutOffRow
from metadata.domain.providers import Access, Registry


class ProviderStates:
    """The providers with their standing."""

    def __init__(self, transaction: Transactions[Transaction], registry: Registry, clock: Clock) -> None:
        self._transaction = transaction
        self._registry = registry
        self._clock = clock

    async def all(self) -> list[Provider]:
        """Every provider that the settings name, in their order."""
        async with self._transaction() as tx:
            rows = {row.name: row for row in await tx.session.scalars(select(ProviderRow))}
            waiting = await _waiting(tx)
        told = [self._model(each.provider, each.weight, rows.get(each.provider)) for each in self._registry.named]
        return [each.model_copy(update={"waiting_books": waiting.get(each.name, 0)}) for each in told]

    def _model(self, name: str, weight: float, row: ProviderRow | None) -> Provider:
        way = self._registry.access[name]
        if way.lacks:
            return Provider(name=name, enabled=False, weight=weight, health="unknown", detail=way.lacks)
        quota = _quotas(way, row, self._clock.now())
        if row is None:
            return Provider(name=name, enabled=True, weight=weight, health="unknown", quota=quota)
        return Provider.model_validate(
            {
                "name": name,
                "enabled": True,
                "weight": weight,
                "health": row.health,
                "detail": row.detail,
                "last_answer_at": row.last_answer_at,
                "blocked_until": row.blocked_until,
                "quota": quota,
            }
        )


async def _waiting(tx: Transaction) -> dict[str, int]:
    """The books put off, by the provider they wait for."""
    name = func.jsonb_array_elements_text(PutOffRow.providers)
    return {provider: count for provider, count in await tx.session.execute(select(name, func.count()).group_by(name))}


def _quotas(way: Access, row: ProviderRow | None, now: datetime) -> list[Quota]:
    minute = (row.minute_began_at, row.asked_in_minute) if row else (None, 0)
    day = (row.day_began_at, row.asked_in_day) if row else (None, 0)
    told: list[Quota] = []
    if way.per_minute is not None:
        told.append(_quota("minute", way.per_minute, *_in_span(*minute, A_MINUTE, now)))
    if way.per_day is not None:
        told.append(_quota("day", way.per_day, *_in_span(*day, A_DAY, now)))
    return told


def _quota(span: Literal["minute", "day"], limit: int, asked: int, renewed_at: datetime | None) -> Quota:
    return Quota(span=span, limit=limit, left=max(0, limit - asked), renewed_at=renewed_at)


def _in_span(began: datetime | None, asked: int, span: timedelta, now: datetime) -> tuple[int, datetime | None]:
    """How often it was asked in a span that is still running, and when that ends."""
    running = began is not None and now - began < span
    return (asked, began + span) if began is not None and running else (0, None)
