"""The risks of the account: which limits are near, and what to do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from shared.contracts.mam.account import AccountRisk, AccountWarning, Standing
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from mam_search.domain.grab_rule import GrabLimits

NEAR = 0.1
"""Within a tenth of a limit counts as near."""
VIP_ENDS_WITHIN = timedelta(days=5)
"""Shorter than the time before the end at which VIP is renewed, if that is switched on."""
SESSION_UNUSED = timedelta(days=10)
"""The cookie of a session lasts 15 days after its last use."""
DUTY_SLACK = timedelta(days=3)
"""A torrent is at risk if less time than this is left beside the seeding time that is still due."""


def standing_warnings(standing: Standing, limits: GrabLimits) -> list[AccountWarning]:
    """The risks that the standing has figures for."""
    warnings = []
    if standing.unsatisfied is not None and standing.unsatisfied_limit is not None:
        limit = standing.unsatisfied_limit
        left = limit - standing.unsatisfied
        near = left <= max(ceil(limit * NEAR), limits.unsatisfied_reserve)
        words = f"{standing.unsatisfied} of at most {limit}; {left} left"
        words = translatable("account.slots", words, used=standing.unsatisfied, limit=limit, left=left)
        warnings.append(_warning(AccountRisk.SLOTS, near, words))
    if standing.ratio is not None:
        near = standing.ratio < limits.min_ratio * (1 + NEAR)
        words = f"{standing.ratio:.2f}; below {limits.min_ratio:.2f} only freeleech is grabbed"
        words = translatable("account.ratio", words, ratio=standing.ratio, least=limits.min_ratio)
        warnings.append(_warning(AccountRisk.RATIO, near, words))
    if standing.vip_until is not None:
        left_until_end = standing.vip_until - standing.read_at
        near = timedelta() < left_until_end <= VIP_ENDS_WITHIN
        words = f"VIP ends at {standing.vip_until:%Y-%m-%d %H:%M} UTC; renew it in the store, or set MAM_RENEW_VIP"
        words = translatable("account.vip_end", words, until=standing.vip_until.isoformat())
        warnings.append(_warning(AccountRisk.VIP_END, near, words))
    return warnings


def session_warning(last_read_at: datetime, now: datetime) -> AccountWarning:
    """Whether the session was not used for so long that it may end. `last_read_at`: when it last worked."""
    unused = now - last_read_at
    words = f"the session last worked {unused.days} days ago and ends after 15 days; create a new one (MAM_SESSION)"
    words = translatable("account.session_unused", words, days=unused.days)
    return _warning(AccountRisk.SESSION_AGE, unused >= SESSION_UNUSED, words)


def seeding_warning(duties: Iterable[SeedingDuty], now: datetime) -> AccountWarning:
    """Whether torrents may miss their seeding duty: too little time is left, or it is over."""
    risky = [each for each in duties if is_at_risk(each, now)]
    if not risky:
        words = translatable("account.duties_kept", "every torrent can meet its seeding duty in time")
        return _warning(AccountRisk.HIT_AND_RUN, near=False, words=words)
    named = [
        translatable("account.torrent", f"“{title}”", title=title) for title in (each.title[:60] for each in risky[:3])
    ]
    more = max(0, len(risky) - 3)
    words = f"start seeding: {', '.join(named)}" + (f" and {more} more" if more else "")
    words = translatable("account.start_seeding", words, torrents=named, more=more or None)
    return _warning(AccountRisk.HIT_AND_RUN, near=True, words=words)


def is_at_risk(duty: SeedingDuty, now: datetime) -> bool:
    """Whether the torrent may not meet its seeding duty in time. A hit-and-run that is being cured is not."""
    if duty.hit_and_run:
        return not duty.seeding
    if duty.due_at is None:
        return False
    slack = duty.due_at - now - timedelta(seconds=duty.remaining_seconds)
    return slack < (timedelta() if duty.seeding else DUTY_SLACK)


def _warning(risk: AccountRisk, near: bool, words: str) -> AccountWarning:
    return AccountWarning(risk=risk, near=near, words=words, translatable=translatables(words=words))
