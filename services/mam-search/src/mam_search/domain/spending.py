"""What may be spent at MyAnonamouse, and when. Every policy is off by default, and nothing is ever gifted.

Prices and minimums: 1,250 points for a week of VIP, which is topped up to 90 days and needs a class above User; 500
points for a GB of upload credit, at least 50 GB for automated purchases; one wedge for a personal freeleech torrent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.contracts.mam.account import Standing
from shared.contracts.mam.grabs import OfferedRelease
from shared.contracts.mam.spending import Balance, Spending, SpendingKind
from shared.translatable import translatable

from mam_search.domain.grab_rule import GIB, SHOWN_AFTER, GrabLimits, Reserved, buffer_bytes, is_free, torrent_of

POINTS_PER_WEEK = 1_250.0
POINTS_PER_GB = 500.0
MIN_UPLOAD_GB = 50.0
LONGEST_VIP = timedelta(days=90)
RENEW_WITHIN = timedelta(days=7)
CLASSES_WITHOUT_VIP = frozenset({"mouse", "user"})
SETTLED_AFTER = SHOWN_AFTER
"""A purchase without an answer is settled by a balance that was read at least so long after its request."""
ONCE_WITHIN = timedelta(hours=20)
"""VIP and upload credit are bought at most once within this time, also when a run is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingPolicy:
    """What is spent automatically.

    `wedge_from_bytes`: smallest release that a wedge is spent for; 0: none. `upload_gb`: upload credit of one purchase;
    0: none. It is bought while the buffer is below `upload_below_bytes`. `wedges_kept` and `points_kept` are never
    spent.
    """

    wedge_from_bytes: int = 0
    wedges_kept: int = 1
    wedges_per_day: int = 1
    renew_vip: bool = False
    upload_gb: float = 0.0
    upload_below_bytes: int = 50 * GIB
    points_kept: float = 5_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A purchase to make. `amount` is in wedges, weeks of VIP or GB."""

    kind: SpendingKind
    amount: float
    why: str
    torrent_id: str | None = None

    @property
    def points(self) -> float:
        """The price in bonus points."""
        return price(self.kind, self.amount)


def price(kind: SpendingKind, amount: float) -> float:
    """The price in bonus points; 0 for a wedge, which is paid with a wedge."""
    match kind:
        case SpendingKind.VIP:
            return amount * POINTS_PER_WEEK
        case SpendingKind.UPLOAD:
            return amount * POINTS_PER_GB
        case SpendingKind.WEDGE:
            return 0.0


def balance(standing: Standing) -> Balance:
    """What the account has to spend."""
    return Balance(bonus_points=standing.bonus_points, wedges=standing.wedges)


def wedge_for(
    release: OfferedRelease, standing: Standing, policy: SpendingPolicy, *, spent_today: int, now: datetime
) -> Purchase | None:
    """The wedge for a grab, or None. Never for a VIP, freeleech or personal freeleech release.

    A wedge needs the id of the torrent at the site.
    """
    if not policy.wedge_from_bytes or release.size_bytes < policy.wedge_from_bytes:
        return None
    torrent_id = torrent_of(release)
    if release.vip or is_free(release, standing, now) or torrent_id is None:
        return None
    if spent_today >= policy.wedges_per_day or standing.wedges <= policy.wedges_kept:
        return None
    size, least = release.size_bytes, policy.wedge_from_bytes
    words = f"{size / GIB:.2f} GiB of at least {least / GIB:.2f} GiB"
    why = translatable("account.large_release", words, size=size, least=least)
    return Purchase(kind=SpendingKind.WEDGE, amount=1, why=why, torrent_id=torrent_id)


def vip_renewal(standing: Standing, policy: SpendingPolicy, now: datetime) -> Purchase | None:
    """The renewal of a VIP status that ends within seven days or ended, if the points suffice for it; else None."""
    if not policy.renew_vip or standing.vip_until is None or standing.vip_until - now >= RENEW_WITHIN:
        return None
    if standing.classname.strip().casefold() in CLASSES_WITHOUT_VIP:
        return None
    weeks = (now + LONGEST_VIP - max(standing.vip_until, now)) / timedelta(weeks=1)
    words = f"VIP until {standing.vip_until:%Y-%m-%d %H:%M} UTC"
    why = translatable("account.vip_until", words, until=standing.vip_until.isoformat())
    purchase = Purchase(kind=SpendingKind.VIP, amount=round(weeks, 2), why=why)
    return purchase if _affordable(purchase, standing, policy) else None


def upload_credit(
    standing: Standing, reserved: Reserved, limits: GrabLimits, policy: SpendingPolicy
) -> Purchase | None:
    """The upload credit for an account whose buffer is below the policy's, if the points suffice; else None."""
    left = buffer_bytes(standing, reserved, limits.min_ratio)
    if policy.upload_gb < MIN_UPLOAD_GB or left is None or left >= policy.upload_below_bytes:
        return None
    words = f"a buffer of {left / GIB:.2f} GiB, below {policy.upload_below_bytes / GIB:.2f} GiB"
    why = translatable("account.small_buffer", words, buffer=left, least=policy.upload_below_bytes)
    purchase = Purchase(kind=SpendingKind.UPLOAD, amount=policy.upload_gb, why=why)
    return purchase if _affordable(purchase, standing, policy) else None


def known_balance(standing: Standing, recent: Sequence[Spending]) -> Standing:
    """The standing with the fewest points that it may have after the purchases of the last 20 minutes.

    The site's figure may be older than they are.
    """
    points = [standing.bonus_points]
    for entry in recent:
        points.append(entry.before.bonus_points - price(entry.kind, entry.amount))
        if entry.after is not None:
            points.append(entry.after.bonus_points)
    return standing.model_copy(update={"bonus_points": min(points)})


def lacks_a_wedge(standing: Standing, recent: Sequence[Spending]) -> bool:
    """Whether the balance may not include a wedge that was spent within the last 20 minutes.

    With such a balance, a lost answer could not be settled: the earlier wedge would look like the later one.
    """
    return any(entry.kind is SpendingKind.WEDGE and standing.wedges >= entry.before.wedges for entry in recent)


def was_spent(entry: Spending, vip_until_before: datetime | None, standing: Standing) -> bool:
    """Whether a purchase without an answer was carried out, according to a balance that was read later.

    Points also accrue, so that half of the price tells a purchase from none.
    """
    if entry.kind is SpendingKind.WEDGE:
        return standing.wedges < entry.before.wedges
    if entry.kind is SpendingKind.VIP and standing.vip_until is not None:
        return vip_until_before is None or standing.vip_until > vip_until_before + timedelta(days=1)
    return standing.bonus_points < entry.before.bonus_points - price(entry.kind, entry.amount) / 2


def _affordable(purchase: Purchase, standing: Standing, policy: SpendingPolicy) -> bool:
    return standing.bonus_points - purchase.points >= policy.points_kept
