"""The gauges of the gateway for `/metrics`. Names and labels follow exportarr where it has the same figure."""

from shared.chassis.metrics import Gauge
from sqlalchemy import func, literal, select

from gateway.postgres.tables import WatchedPartRow

GAUGES = (
    Gauge(
        "gapless_system_health_issues",
        "services, outside systems and limits of the account that a notification has reported and that are not well",
        select(WatchedPartRow.name, literal("error"), literal(1)).where(WatchedPartRow.told_at.is_not(None)),
        ("source", "type"),
    ),
    Gauge(
        "gapless_system_health_issue_since_timestamp_seconds",
        "since when they are not well",
        select(WatchedPartRow.name, func.extract("epoch", WatchedPartRow.bad_since)).where(
            WatchedPartRow.told_at.is_not(None)
        ),
        ("source",),
    ),
)
