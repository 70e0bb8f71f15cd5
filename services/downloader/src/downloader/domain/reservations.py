"""The slots and bytes that our grabs at MyAnonamouse use and the account's figures do not include yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release


@dataclass(frozen=True, slots=True)
class PendingGrab:
    """Another grab at MyAnonamouse. `takes_slot`, `takes_bytes`: the account's figures do not include that yet."""

    release: Release
    size_bytes: int
    takes_slot: bool
    takes_bytes: bool


@dataclass(frozen=True, slots=True)
class Reservation:
    """Slots of the limit of unsatisfied torrents, and bytes that will count as downloaded."""

    slots: int = 0
    paid_bytes: int = 0

    def plus(self, other: "Reservation") -> "Reservation":
        """The sum of both."""
        return Reservation(self.slots + other.slots, self.paid_bytes + other.paid_bytes)


def reserved_by(grabs: Iterable[PendingGrab], account: Standing, now: datetime) -> Reservation:
    """What these grabs use together. A free release uses a slot but no bytes."""
    total = Reservation()
    for grab in grabs:
        paid = grab.takes_bytes and not is_free(grab.release, account, now)
        total = total.plus(Reservation(int(grab.takes_slot), grab.size_bytes if paid else 0))
    return total


def is_free(release: Release, account: Standing | None, now: datetime) -> bool:
    """Whether the release costs no ratio: it is freeleech, or VIP and the account is VIP."""
    if account is None or not release.vip:
        return release.freeleech
    return "vip" in account.classname.casefold() or (account.vip_until is not None and account.vip_until > now)


def ratio_after(account: Standing, paid_bytes: int) -> float | None:
    """The account's ratio after that many more downloaded bytes; None if the account's bytes are unknown.

    The site's ratio is rounded and may differ from the bytes; the lower of the two counts.
    """
    if account.uploaded_bytes is None or account.downloaded_bytes is None:
        return None
    after = account.downloaded_bytes + paid_bytes
    if not after:
        return float("inf")
    uploaded: float = account.uploaded_bytes
    if account.ratio is not None and account.downloaded_bytes:
        uploaded = min(uploaded, account.ratio * account.downloaded_bytes)
    return uploaded / after
