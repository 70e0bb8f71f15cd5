"""Decides when a failing part is reported as down and when as back: once each, and not for a short failure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Outage:
    """The stored state of a failing part. `told_at`: when it was reported as down."""

    bad_since: datetime
    seen_at: datetime
    told_at: datetime | None = None
    good_since: datetime | None = None


@dataclass(frozen=True)
class AlertPolicy:
    """When to report: down after failing for `down_after`, back after working for `back_after`.

    An unreported failure that was last seen more than `forget_after` ago is forgotten: nothing was checked since.
    """

    down_after: timedelta
    back_after: timedelta
    forget_after: timedelta


class Change(StrEnum):
    """The change to report."""

    DOWN = "down"
    BACK = "back"


def update_outage(
    before: Outage | None, policy: AlertPolicy, now: datetime, *, healthy: bool
) -> tuple[Outage | None, Change | None]:
    """Return the state to store after a check, and the change to report."""
    if healthy:
        return _update_healthy(before, policy, now)
    if before is None or (before.told_at is None and now - before.seen_at > policy.forget_after):
        before = Outage(bad_since=now, seen_at=now)
    after = replace(before, seen_at=now, good_since=None)
    if after.told_at is None and now - after.bad_since >= policy.down_after:
        return replace(after, told_at=now), Change.DOWN
    return after, None


def _update_healthy(before: Outage | None, policy: AlertPolicy, now: datetime) -> tuple[Outage | None, Change | None]:
    if before is None or before.told_at is None:
        return None, None
    good_since = before.good_since or now
    if now - good_since >= policy.back_after:
        return None, Change.BACK
    return replace(before, seen_at=now, good_since=good_since), None
