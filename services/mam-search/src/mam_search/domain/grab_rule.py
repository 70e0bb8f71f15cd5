"""MyAnonamouse's rules for a grab: the limit of unsatisfied torrents, and the ratio."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.contracts.mam.account import AccountRoom, Standing
from shared.contracts.mam.grabs import MAX_SIZE_RATIO, GrabAssessment, GrabFigures, OfferedRelease
from shared.contracts.translatable import translatables
from shared.contracts.values import Indexer
from shared.translatable import translatable

GIB = 2**30
LONGEST_ID = 12
MAX_STANDING_AGE = timedelta(hours=2)
"""An older standing is read again before a grab."""
MAX_FLAG_AGE = timedelta(hours=1)
"""An older flag that makes a release free is read again before a grab."""
SHOWN_AFTER = timedelta(minutes=20)
"""How long the site's cached figures may lack a torrent or its bytes after a transfer (reports say 5 to 20 minutes)."""
ABANDONED_AFTER = timedelta(hours=6)
"""A reservation without any report for so long belongs to a grab that was lost. The grab reserves again."""

LONGEST_TRANSFER = timedelta(days=30)
"""The slot and the bytes of a transfer whose end was never reported count for so long."""

_UNKNOWN = translatable("release.account_unknown", "unsatisfied torrents unknown")
_NUMBER_AND_LIMIT = translatable("release.account_figures", "their number and limit")
_FREE = translatable("release.free", "free")
_FREE_WITH_WEDGE = translatable("release.free_with_wedge", "free with a wedge")
_BYTES_UNKNOWN = translatable("release.bytes_unknown", "bytes unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrabLimits:
    """The limits that the settings set.

    Every grab leaves `unsatisfied_reserve` slots free, and an automatic one also `slots_for_person`.
    """

    min_ratio: float = 1.0
    unsatisfied_reserve: int = 5
    slots_for_person: int = 2

    def kept_free(self, *, by_person: bool) -> int:
        """The slots that a grab must leave free."""
        return self.unsatisfied_reserve + (0 if by_person else self.slots_for_person)


@dataclass(frozen=True, slots=True)
class Reserved:
    """The slots and bytes that our grabs use and the site's figures do not include yet."""

    slots: int = 0
    paid_bytes: int = 0

    def plus(self, other: "Reserved") -> "Reserved":
        """The sum of both."""
        return Reserved(self.slots + other.slots, self.paid_bytes + other.paid_bytes)


def assess(  # noqa: PLR0913 - the account and the grab
    release: OfferedRelease,
    standing: Standing,
    reserved: Reserved,
    limits: GrabLimits,
    *,
    by_person: bool,
    now: datetime,
    wedge: bool = False,
) -> GrabAssessment:
    """Whether the release may be grabbed. With `wedge`, a freeleech wedge makes it free.

    A release that is not free must leave the ratio at or above its floor, so its size must fit into the buffer. Figures
    that the site does not report refuse a grab.
    """
    free = wedge or is_free(release, standing, now)
    paid_bytes = 0 if free else paid_size(release)
    kept_free = limits.kept_free(by_person=by_person)
    left = slots_left(standing, reserved, kept_free)
    after = ratio_after(standing, reserved.paid_bytes + paid_bytes)
    figures = GrabFigures(
        unsatisfied=standing.unsatisfied,
        unsatisfied_limit=standing.unsatisfied_limit,
        reserved_slots=reserved.slots,
        kept_free=kept_free,
        slots_left=left,
        ratio=standing.ratio,
        ratio_after=None if after is None or after == float("inf") else after,
        min_ratio=limits.min_ratio,
        reserved_bytes=reserved.paid_bytes,
        paid_bytes=paid_bytes,
        buffer_bytes=buffer_bytes(standing, reserved, limits.min_ratio),
        free=free,
        wedge=wedge,
        standing_read_at=standing.read_at,
    )
    if standing.unsatisfied is None or standing.unsatisfied_limit is None or left is None:
        return _assessment(_UNKNOWN, _NUMBER_AND_LIMIT, figures, allowed=False)
    most = standing.unsatisfied_limit - kept_free
    needed = f"fewer than {most} unsatisfied, and a ratio of {limits.min_ratio:g} unless freeleech"
    wanted = translatable("release.account_wanted", needed, most=most, ratio=limits.min_ratio)
    if free:
        cost = _FREE_WITH_WEDGE if wedge else _FREE
        return _assessment(_found(standing, reserved, cost), wanted, figures, allowed=left > 0)
    if after is None:
        words = f"{needed}, and the account's bytes"
        wanted = translatable("release.account_bytes_wanted", words, most=most, ratio=limits.min_ratio)
        return _assessment(_found(standing, reserved, _BYTES_UNKNOWN), wanted, figures, allowed=False)
    paid = reserved.paid_bytes + paid_bytes
    words = f"{after:.3f} after {paid / GIB:.2f} GiB more"
    cost = translatable("release.ratio_after", words, ratio=after if after < float("inf") else None, paid=paid)
    allowed = left > 0 and after >= limits.min_ratio
    return _assessment(_found(standing, reserved, cost), wanted, figures, allowed=allowed)


def _assessment(found: str, needed: str, figures: GrabFigures, *, allowed: bool) -> GrabAssessment:
    parts = translatables(found=found, needed=needed)
    return GrabAssessment(allowed=allowed, found=found, needed=needed, figures=figures, translatable=parts)


def _found(standing: Standing, reserved: Reserved, cost: str) -> str:
    """The state of the account and what the grab costs."""
    unsatisfied, limit = (standing.unsatisfied or 0) + reserved.slots, standing.unsatisfied_limit
    of_them = f" ({reserved.slots} of them reserved)" if reserved.slots else ""
    words = f"{unsatisfied} unsatisfied torrents of {limit}{of_them}, ratio {_ratio(standing)}, {cost}"
    return translatable(
        "release.account",
        words,
        unsatisfied=unsatisfied,
        limit=limit,
        reserved=reserved.slots or None,
        ratio=standing.ratio,
        cost=cost,
    )


def is_free(release: OfferedRelease, standing: Standing, now: datetime) -> bool:
    """Whether the release costs no ratio: it is freeleech, or VIP and the account is VIP."""
    vip = release.vip and (release.vip_until is None or release.vip_until > now)
    return release.freeleech or (vip and is_vip(standing, now))


def torrent_of(release: OfferedRelease) -> str | None:
    """The id of the release's torrent at the site; None if it is unknown."""
    number = release.release_id if release.indexer is Indexer.MAM else release.torrent_id
    return number if number and number.isdecimal() and len(number) <= LONGEST_ID else None


def is_vip(standing: Standing, now: datetime) -> bool:
    """Whether the account is VIP, by its class or by the end of its VIP status."""
    return "vip" in standing.classname.casefold() or (standing.vip_until is not None and standing.vip_until > now)


def paid_size(release: OfferedRelease) -> int:
    """The bytes that a release that is not free may count as downloaded."""
    return int(release.size_bytes * MAX_SIZE_RATIO)


def reserved_by(releases: list[OfferedRelease], standing: Standing, now: datetime) -> Reserved:
    """What these grabs use together."""
    paid = sum(paid_size(each) for each in releases if not is_free(each, standing, now))
    return Reserved(len(releases), paid)


def slots_left(standing: Standing, reserved: Reserved, kept_free: int) -> int | None:
    """The slots for further grabs, at least 0; None if the site does not report its figures."""
    if standing.unsatisfied is None or standing.unsatisfied_limit is None:
        return None
    return max(0, standing.unsatisfied_limit - kept_free - standing.unsatisfied - reserved.slots)


def ratio_after(standing: Standing, paid_bytes: int) -> float | None:
    """The ratio after that many more downloaded bytes; None if the account's bytes are unknown.

    The site's ratio is rounded and may differ from the bytes; the lower of the two counts.
    """
    if standing.uploaded_bytes is None or standing.downloaded_bytes is None:
        return None
    after = standing.downloaded_bytes + paid_bytes
    return _uploaded(standing) / after if after else float("inf")


def buffer_bytes(standing: Standing, reserved: Reserved, min_ratio: float) -> int | None:
    """The bytes that can be downloaded before the ratio reaches its floor, at least 0; None: unlimited or unknown."""
    if standing.uploaded_bytes is None or standing.downloaded_bytes is None or not min_ratio:
        return None
    return max(0, int(_uploaded(standing) / min_ratio) - standing.downloaded_bytes - reserved.paid_bytes)


def room(standing: Standing, reserved: Reserved, limits: GrabLimits) -> AccountRoom:
    """The room for further grabs."""
    return AccountRoom(
        reserved_slots=reserved.slots,
        reserved_bytes=reserved.paid_bytes,
        slots_left=slots_left(standing, reserved, limits.kept_free(by_person=False)),
        slots_left_for_person=slots_left(standing, reserved, limits.kept_free(by_person=True)),
        min_ratio=limits.min_ratio,
        buffer_bytes=buffer_bytes(standing, reserved, limits.min_ratio),
    )


def _uploaded(standing: Standing) -> float:
    uploaded: float = standing.uploaded_bytes or 0
    if standing.ratio is not None and standing.downloaded_bytes:
        uploaded = min(uploaded, standing.ratio * standing.downloaded_bytes)
    return uploaded


def _ratio(standing: Standing) -> str:
    return "infinite" if standing.ratio is None else f"{standing.ratio:g}"
