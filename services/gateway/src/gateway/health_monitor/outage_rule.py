"""When a part that is not well is news, and when that it is well again: once each, and not at every hiccup."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Outage:
    """What is remembered of a part that is not well."""

    bad_since: datetime
    seen_at: datetime
    told_at: datetime | None = None
    good_since: datetime | None = None


@dataclass(frozen=True)
class AlertPolicy:
    """How a part is watched: bad for `patience` it is news, good for `calm` it is over.

    What was seen more than `gap` ago counts for nothing while it has not been told: nobody update_outage meanwhile.
    """

    patience: timedelta
    calm: timedelta
    gap: timedelta


class Change(StrEnum):
    """What is news."""

    DOWN = "down"
    BACK = "back"


def update_outage(
    before: Outage | None, manner: AlertPolicy, now: datetime, *, well: bool
) -> tuple[Outage | None, Change | None]:
    """What is remembered after a look, and what is news."""
    if well:
        return _well(before, manner, now)
    if before is None or (before.told_at is None and now - before.seen_at > manner.gap):
        before = Outage(bad_since=now, seen_at=now)
    after = replace(before, seen_at=now, good_since=None)
    if after.told_at is None and now - after.bad_since >= manner.patience:
        return replace(after, told_at=now), Change.DOWN
    return after, None


def _well(before: Outage | None, manner: AlertPolicy, now: datetime) -> tuple[Outage | None, Change | None]:
    if before is None or before.told_at is None:
        return None, None
    good_since = before.good_since or now
    if now - good_since >= manner.calm:
        return None, Change.BACK
    return replace(before, seen_at=now, good_since=good_since), None
