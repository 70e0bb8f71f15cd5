"""The health of the providers as last seen."""

from datetime import datetime, timedelta
from typing import Literal

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.contracts.metadata.providers import Provider, Quota
from sqlalchemy import func, select

from metadata.adapters.postgres.rate_limiter import A_DAY, A_MINUTE
from metadata.adapters.postgres.tables import DeferredRow, ProviderRow
from metadata.domain.providers import Budget, Registry


class ProviderStates:
    """The providers with their health, quota and waiting books."""

    def __init__(self, transaction: Transactions[Transaction], registry: Registry, clock: Clock) -> None:
        self._transaction = transaction
        self._registry = registry
        self._clock = clock

    async def all(self) -> list[Provider]:
        """Every provider of the settings, in their order."""
        async with self._transaction() as tx:
            rows = {row.name: row for row in await tx.session.scalars(select(ProviderRow))}
            waiting = await _waiting(tx)
        providers = [self._model(each.provider, each.weight, rows.get(each.provider)) for each in self._registry.named]
        return [each.model_copy(update={"waiting_books": waiting.get(each.name, 0)}) for each in providers]

    def _model(self, name: str, weight: float, row: ProviderRow | None) -> Provider:
        access = self._registry.access[name]
        if access.lacks:
            return Provider(name=name, enabled=False, weight=weight, health="unknown", detail=access.lacks)
        enabled = next(each for each in self._registry.enabled if each.provider.name == name)
        abilities = sorted(enabled.provider.abilities)
        quota = _quotas(access.budget, row, self._clock.now())
        if row is None:
            return Provider(name=name, enabled=True, weight=weight, health="unknown", abilities=abilities, quota=quota)
        return Provider.model_validate(
            {
                "name": name,
                "enabled": True,
                "weight": weight,
                "abilities": abilities,
                "health": row.health,
                "detail": row.detail,
                "last_answer_at": row.last_answer_at,
                "blocked_until": row.blocked_until,
                "quota": quota,
            }
        )


async def _waiting(tx: Transaction) -> dict[str, int]:
    """The number of deferred books by provider."""
    name = func.jsonb_array_elements_text(DeferredRow.providers)
    return {provider: count for provider, count in await tx.session.execute(select(name, func.count()).group_by(name))}


def _quotas(budget: Budget, row: ProviderRow | None, now: datetime) -> list[Quota]:
    minute = (row.minute_began_at, row.asked_in_minute) if row else (None, 0)
    day = (row.day_began_at, row.asked_in_day) if row else (None, 0)
    quotas: list[Quota] = []
    if budget.per_minute is not None:
        quotas.append(_quota("minute", budget.per_minute, *_in_span(*minute, A_MINUTE, now)))
    if budget.per_day is not None:
        quotas.append(_quota("day", budget.per_day, *_in_span(*day, A_DAY, now)))
    return quotas


def _quota(span: Literal["minute", "day"], limit: int, requests: int, renewed_at: datetime | None) -> Quota:
    return Quota(span=span, limit=limit, left=max(0, limit - requests), renewed_at=renewed_at)


def _in_span(began: datetime | None, requests: int, span: timedelta, now: datetime) -> tuple[int, datetime | None]:
    """The number of requests in the current span, and when the span ends."""
    running = began is not None and now - began < span
    return (requests, began + span) if began is not None and running else (0, None)
