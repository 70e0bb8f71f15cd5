"""The gauges of the account at MyAnonamouse for `/metrics`."""

from collections.abc import Sequence

from shared.chassis.metrics import Gauge, Row
from shared.contracts.mam.sessions import SessionState
from sqlalchemy import DateTime, Float, Integer, func, literal, select

from mam_search.adapters.postgres.account_tables import GrabReservationRow, SeedingDutyRow
from mam_search.adapters.postgres.tables import RATE_LIMITS, SessionRow, SnapshotRow

_INDEXER = literal("myanonamouse")
_STANDING = {
    "unsatisfied": "torrents whose seeding duty is not met yet",
    "unsatisfied_limit": "such torrents that the account may have",
    "ratio": "upload divided by download; no value while nothing was downloaded",
    "bonus_points": "bonus points of the account",
    "wedges": "freeleech wedges of the account",
    "hit_and_runs": "torrents whose seeding duty was not met in time",
    "uploaded_bytes": "bytes that the account has uploaded",
    "downloaded_bytes": "bytes that the account has downloaded",
}
"""Fields of the newest standing. A figure has no value while the site does not report it."""
_VIP_UNTIL = SnapshotRow.standing["vip_until"].astext.cast(DateTime(timezone=True))
_NEWEST = (
    select(
        _INDEXER,
        *(SnapshotRow.standing[field].astext.cast(Float).label(field) for field in _STANDING),
        func.extract("epoch", SnapshotRow.read_at).label("read"),
        func.extract("epoch", _VIP_UNTIL - func.now()).label("vip_left"),
    )
    .order_by(SnapshotRow.read_at.desc(), SnapshotRow.id.desc())
    .limit(1)
)
_LINES = RATE_LIMITS.lines.c
_USED = (GrabReservationRow.returned_at.is_(None), GrabReservationRow.ended_at.is_(None))


GAUGES = (
    *(Gauge(f"gapless_mam_{field}", words, _NEWEST, figure=field) for field, words in _STANDING.items()),
    Gauge(
        "gapless_mam_standing_timestamp_seconds",
        "when the standing of the account was read",
        _NEWEST,
        figure="read",
    ),
    Gauge(
        "gapless_indexer_vip_expires_in_seconds",
        "how long the VIP status of the account lasts",
        _NEWEST,
        ("indexer",),
        figure="vip_left",
    ),
    Gauge(
        "gapless_mam_reserved",
        "grabs that are reserved or in transfer",
        select(func.count()).select_from(GrabReservationRow).where(*_USED),
    ),
    Gauge(
        "gapless_mam_seeding_duties",
        "torrents that have to be seeded longer, by whether the site sees them seeding",
        select(SeedingDutyRow.seeding, func.count()).group_by(SeedingDutyRow.seeding),
        ("seeding",),
    ),
    Gauge(
        "gapless_mam_session_ok",
        "1 if the session works, 0 if it does not",
        select(SessionRow.kind, (SessionRow.state == SessionState.OK.value).cast(Integer)).where(
            SessionRow.state != SessionState.UNTRIED.value
        ),
        ("session",),
    ),
    Gauge(
        "gapless_indexer_requests_today",
        "requests to the site since the start of its day, by kind",
        select(_INDEXER, _LINES.name, _LINES.sent_in_day),
        ("indexer", "kind"),
    ),
)


def ratio_floor(lowest: float) -> Gauge:
    """The ratio below which nothing is grabbed."""

    async def rows() -> Sequence[Row]:
        return [(lowest,)]

    return Gauge("gapless_mam_ratio_floor", "ratio below which Gapless does not grab", rows)
