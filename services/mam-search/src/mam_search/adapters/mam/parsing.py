"""Converts the tracker's responses about the account to the contracts. Pure functions."""

from datetime import datetime

from shared.contracts.mam.account import Standing

from mam_search.adapters.mam.schemas import Member
from mam_search.adapters.mam.values import moment, size_in_bytes


def standing(user: Member, now: datetime) -> Standing:
    """The account's standing. Values that the site does not give are None."""
    unsatisfied = (user.snatch_summary.unsat if user.snatch_summary else None) or user.unsat
    return Standing(
        username=user.username,
        classname=user.classname,
        ratio=user.ratio,
        uploaded_bytes=_bytes(user.uploaded_bytes, user.uploaded),
        downloaded_bytes=_bytes(user.downloaded_bytes, user.downloaded),
        bonus_points=user.seedbonus or 0.0,
        wedges=user.wedges,
        vip_until=moment(user.vip_until),
        unsatisfied=unsatisfied.count if unsatisfied else None,
        unsatisfied_limit=unsatisfied.limit if unsatisfied else None,
        read_at=now,
    )


def _bytes(count: float | None, shown: str) -> int | None:
    """The count of bytes, or the size from the display text; None if the site gives neither."""
    if count is not None and count >= 0:
        return int(count)
    size = size_in_bytes(shown)
    return size if size or shown.strip().startswith("0") else None
