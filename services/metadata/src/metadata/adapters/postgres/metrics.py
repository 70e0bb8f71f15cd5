"""The gauges of metadata for `/metrics`."""

from collections.abc import Sequence

from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge, Row
from sqlalchemy import Integer, func, select

from metadata.adapters.postgres.provider_rows import ProviderStates
from metadata.adapters.postgres.tables import RATE_LIMITS, CorrectionRow, DeferredRow, ImportListRow, ProposalRow

_PROVIDER = func.jsonb_array_elements_text(DeferredRow.providers)
_ACCOUNTS, _LINES = RATE_LIMITS.accounts.c, RATE_LIMITS.lines.c

GAUGES = (
    Gauge(
        "gapless_corrections_total",
        "stored corrections of metadata, by status",
        select(CorrectionRow.status, func.count()).group_by(CorrectionRow.status),
        ("status",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_proposals_total",
        "stored proposals for metadata, by status",
        select(ProposalRow.status, func.count()).group_by(ProposalRow.status),
        ("status",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_provider_ok",
        "1 if the last request to the provider was answered, else 0",
        select(_ACCOUNTS.name, (_ACCOUNTS.health == "ok").cast(Integer)),
        ("provider",),
    ),
    Gauge(
        "gapless_provider_requests_today",
        "requests to the provider since the start of its day",
        select(_LINES.account, func.sum(_LINES.sent_in_day)).group_by(_LINES.account),
        ("provider",),
    ),
    Gauge(
        "gapless_provider_waiting_books",
        "books whose refresh waits for the provider",
        select(_PROVIDER, func.count()).group_by(_PROVIDER),
        ("provider",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_import_lists_failing",
        "import lists that could not be read",
        select(func.count()).where(ImportListRow.problem.is_not(None)),
    ),
)


def quotas(states: ProviderStates) -> tuple[Gauge, Gauge]:
    """The requests that each provider allows in a minute and in a day, and how many of them are left."""

    async def limits() -> Sequence[Row]:
        return [(each.name, quota.span, quota.limit) for each in await states.all() for quota in each.quota]

    async def left() -> Sequence[Row]:
        return [(each.name, quota.span, quota.left) for each in await states.all() for quota in each.quota]

    labels = ("provider", "span")
    return (
        Gauge("gapless_provider_quota_limit", "requests that the provider allows", limits, labels, WHOLE_TABLE_SECONDS),
        Gauge("gapless_provider_quota_left", "requests that are left of them", left, labels),
    )
