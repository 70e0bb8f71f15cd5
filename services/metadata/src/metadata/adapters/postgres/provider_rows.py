"""The health of the providers as last seen."""

from datetime import datetime, timedelta
from typing import Literal

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.rate_limit_state import DAY, MINUTE, Account, Count, Line, account_of, line_of
from shared.chassis.rate_limiter import REQUESTS
from shared.contracts.metadata.providers import Provider, Quota
from sqlalchemy import func, select

from metadata.adapters.postgres.tables import RATE_LIMITS, DeferredRow
from metadata.domain.failures import remedy
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
            accounts, lines = await _accounts(tx), await _lines(tx)
            waiting = await _waiting(tx)
        providers = [
            self._model(each.provider, each.weight, accounts.get(each.provider), lines.get(each.provider))
            for each in self._registry.named
        ]
        return [each.model_copy(update={"waiting_books": waiting.get(each.name, 0)}) for each in providers]

    def _model(self, name: str, weight: float, account: Account | None, line: Line | None) -> Provider:
        access = self._registry.access[name]
        if access.lacks:
            return Provider(name=name, enabled=False, weight=weight, health="unknown", detail=access.lacks)
        enabled = next(each for each in self._registry.enabled if each.provider.name == name)
        abilities = sorted(enabled.provider.abilities)
        seen = account or Account(name, "")
        return Provider(
            name=name,
            enabled=True,
            weight=weight,
            abilities=abilities,
            health=seen.health,
            detail=seen.detail,
            remedy=remedy(seen.health),
            last_answer_at=seen.last_answer_at,
            blocked_until=seen.paused_until,
            seconds_between=access.budget.seconds_between,
            burst=access.budget.burst,
            quota=_quotas(access.budget, line, self._clock.now()),
        )


async def _accounts(tx: Transaction) -> dict[str, Account]:
    """The accounts of the rate limiters by provider."""
    found = [account_of(dict(row)) for row in (await tx.session.execute(select(RATE_LIMITS.accounts))).mappings()]
    return {each.name: each for each in found}


async def _lines(tx: Transaction) -> dict[str, Line]:
    """The lines of requests by provider."""
    lines = RATE_LIMITS.lines
    rows = (await tx.session.execute(select(lines).where(lines.c.name == REQUESTS))).mappings()
    return {row["account"]: line_of(dict(row)) for row in rows}


async def _waiting(tx: Transaction) -> dict[str, int]:
    """The number of deferred books by provider."""
    name = func.jsonb_array_elements_text(DeferredRow.providers)
    return {provider: count for provider, count in await tx.session.execute(select(name, func.count()).group_by(name))}


def _quotas(budget: Budget, line: Line | None, now: datetime) -> list[Quota]:
    minute, day = (line.minute, line.day) if line else (Count(), Count())
    quotas: list[Quota] = []
    if budget.per_minute is not None:
        quotas.append(_quota("minute", budget.per_minute, minute, MINUTE, now))
    if budget.per_day is not None:
        quotas.append(_quota("day", budget.per_day, day, DAY, now))
    return quotas


def _quota(name: Literal["minute", "day"], limit: int, count: Count, span: timedelta, now: datetime) -> Quota:
    began_at, sent = count.in_span(span, now)
    renewed_at = None if began_at is None else began_at + span
    return Quota(span=name, limit=limit, left=max(0, limit - sent), renewed_at=renewed_at)
