"""The gauges of the account at MyAnonamouse for `/metrics`."""

from shared.chassis.metrics import Gauge
from shared.contracts.mam.sessions import SessionState
from sqlalchemy import DateTime, Float, Integer, func, literal, select

from mam_search.adapters.postgres.account_tables import GrabReservationRow, SeedingDutyRow
from mam_search.adapters.postgres.tables import RATE_LIMITS, SessionRow, SnapshotRow

_NEWEST = select(SnapshotRow.standing, SnapshotRow.read_at).order_by(
    SnapshotRow.read_at.desc(), SnapshotRow.id.desc()
).limit(1).subquery()  # fmt: skip
_LINES = RATE_LIMITS.lines.c
_USED = (GrabReservationRow.returned_at.is_(None), GrabReservationRow.ended_at.is_(None))


def _standing(name: str, words: str, field: str) -> Gauge:
    """A figure of the newest standing; it has no value while the site does not report it."""
    return Gauge(name, words, select(_NEWEST.c.standing[field].astext.cast(Float)))


GAUGES = (
    _standing("gapless_mam_unsatisfied", "torrents whose seeding duty is not met yet", "unsatisfied"),
    _standing("gapless_mam_unsatisfied_limit", "such torrents that the account may have", "unsatisfied_limit"),
    _standing("gapless_mam_ratio", "upload divided by download; no value while nothing was downloaded", "ratio"),
    _standing("gapless_mam_bonus_points", "bonus points of the account", "bonus_points"),
    _standing("gapless_mam_wedges", "freeleech wedges of the account", "wedges"),
    _standing("gapless_mam_hit_and_runs", "torrents whose seeding duty was not met in time", "hit_and_runs"),
    _standing("gapless_mam_uploaded_bytes", "bytes that the account has uploaded", "uploaded_bytes"),
    _standing("gapless_mam_downloaded_bytes", "bytes that the account has downloaded", "downloaded_bytes"),
    Gauge(
        "gapless_mam_standing_timestamp_seconds",
        "when the standing of the account was read",
        select(func.extract("epoch", _NEWEST.c.read_at)),
    ),
    Gauge(
        "gapless_indexer_vip_expires_in_seconds",
        "how long the VIP status of the account lasts",
        select(
            literal("myanonamouse"),
            func.extract("epoch", _NEWEST.c.standing["vip_until"].astext.cast(DateTime(timezone=True)) - func.now()),
        ),
        ("indexer",),
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
        select(literal("myanonamouse"), _LINES.name, _LINES.sent_in_day),
        ("indexer", "kind"),
    ),
)


def ratio_floor(lowest: float) -> Gauge:
    """The ratio below which nothing is grabbed."""
    return Gauge("gapless_mam_ratio_floor", "ratio below which Gapless does not grab", select(literal(lowest)))
