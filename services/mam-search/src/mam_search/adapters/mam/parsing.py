"""Converts the tracker's responses about the account to the contracts. Pure functions."""

from datetime import datetime

from shared.contracts.mam.account import Standing

from mam_search.adapters.mam.schemas import Member, SnatchSummary
from mam_search.adapters.mam.values import MAX_COUNT, moment, shown_text, size_in_bytes


def standing(user: Member, now: datetime) -> Standing:
    """The account's standing. Values that the site does not give are None."""
    summary = user.snatch_summary or user
    unsatisfied = summary.unsat or user.unsat
    return Standing(
        username=user.username,
        uid=user.uid or None,
        classname=user.classname,
        ratio=user.ratio,
        uploaded_bytes=_bytes(user.uploaded_bytes, user.uploaded),
        downloaded_bytes=_bytes(user.downloaded_bytes, user.downloaded),
        bonus_points=user.seedbonus or 0.0,
        wedges=user.wedges,
        vip_until=moment(user.vip_until),
        unsatisfied=_whole(unsatisfied.count) if unsatisfied else None,
        unsatisfied_limit=_whole(unsatisfied.limit) if unsatisfied else None,
        hit_and_runs=_hit_and_runs(summary),
        connectable=shown_text(summary.connectable or user.connectable, 20) or None,
        read_at=now,
    )


def _hit_and_runs(summary: SnatchSummary) -> int | None:
    counts = [_whole(each.count) for each in (summary.seedHnr, summary.inactHnr) if each is not None]
    known = [each for each in counts if each is not None]
    return sum(known) if known else None


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and 0 <= value <= MAX_COUNT else None


def _bytes(count: float | None, shown: str) -> int | None:
    """The count of bytes, or the size from the display text; None if the site gives neither."""
    if count is not None and count >= 0:
        return int(count)
    size = size_in_bytes(shown)
    return size if size or shown.strip().startswith("0") else None
