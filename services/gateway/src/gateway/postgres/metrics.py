"""The gauges of the gateway for `/metrics`. Names and labels follow exportarr where it has the same figure."""

from shared.chassis.metrics import Gauge
from sqlalchemy import func, literal, select

from gateway.postgres.tables import WatchedPartRow

_ISSUES = select(
    WatchedPartRow.name,
    literal("error").label("type"),
    literal(1).label("is_bad"),
    func.extract("epoch", WatchedPartRow.bad_since).label("since"),
).where(WatchedPartRow.told_at.is_not(None))

GAUGES = (
    Gauge(
        "gapless_system_health_issues",
        "services, outside systems and limits of the account that a notification has reported and that are not well",
        _ISSUES,
        ("source", "type"),
        figure="is_bad",
    ),
    Gauge(
        "gapless_system_health_issue_since_timestamp_seconds",
        "since when they are not well",
        _ISSUES,
        ("source",),
        figure="since",
    ),
)
