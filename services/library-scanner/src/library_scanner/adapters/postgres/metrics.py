"""The figures of the library for `/metrics`. Names and labels follow exportarr where it has the same figure."""

from shared.chassis.counters import Histogram
from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge
from shared.contracts.library.books import BookStatus
from shared.contracts.library.findings import FindingStatus
from sqlalchemy import func, select

from library_scanner.adapters.postgres.tables import BOOKS, FINDINGS, MISSING_BOOKS, SERIES

_ACTIVE = BOOKS.c.status == BookStatus.ACTIVE

GAUGES = (
    Gauge(
        "gapless_books_total",
        "books of the library by status",
        select(BOOKS.c.status, func.count()).group_by(BOOKS.c.status),
        ("status",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_books_size_bytes",
        "size of all books in the library",
        select(func.coalesce(func.sum(BOOKS.c.size_bytes), 0)).where(_ACTIVE),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_books_duration_seconds",
        "playing time of all books in the library",
        select(func.coalesce(func.sum(BOOKS.c.duration_seconds), 0)).where(_ACTIVE),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_series_total",
        "series by completion",
        select(SERIES.c.completion_status, func.count()).group_by(SERIES.c.completion_status),
        ("completion",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_missing_total",
        "missing books by the reason that they are wanted, and by status",
        select(MISSING_BOOKS.c.reason, MISSING_BOOKS.c.status, func.count()).group_by(
            MISSING_BOOKS.c.reason, MISSING_BOOKS.c.status
        ),
        ("reason", "status"),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_findings_open",
        "findings in the library that nobody has decided, by kind",
        select(FINDINGS.c.kind, func.count()).where(FINDINGS.c.status == FindingStatus.OPEN).group_by(FINDINGS.c.kind),
        ("kind",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
)

_HOUR, _DAY = 3_600, 86_400
GAP_CLOSED = Histogram(
    "gapless_gap_closed_seconds",
    "time from the moment when a missing book was found to the moment when the library had it",
    (_HOUR, 6 * _HOUR, *(days * _DAY for days in (1, 3, 7, 14, 30, 90, 180, 365))),
)
COUNTERS = (GAP_CLOSED,)
