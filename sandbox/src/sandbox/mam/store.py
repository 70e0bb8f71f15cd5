"""The bonus store, `/json/bonusBuy.php`: VIP, upload credit, wedges, and personal freeleech for a wedge.

A purchase cannot be undone. The store may carry it out although its answer is lost.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.mam.row import display_size
from sandbox.mam.standing import Standing
from sandbox.world import Account, Offer

POINTS_PER_WEEK = 1_250
POINTS_PER_GB = 500
POINTS_PER_WEDGE = 50_000
MIN_UPLOAD_GB = 50
LONGEST_VIP = timedelta(days=90)
_NO_VIP = ("Mouse", "User")
_TIME = "%Y-%m-%d %H:%M:%S"


class RefusedError(Exception):
    """The store refuses a purchase, with its error text. Nothing is spent."""


def buy(account: Account, standing: Standing, offers: Mapping[str, Offer], query: Mapping[str, str]) -> dict[str, Any]:
    """Carry out the purchase that the query describes, and return the answer."""
    try:
        match query.get("spendtype"):
            case "VIP":
                amount: float = _vip(account, standing, query)
            case "upload":
                amount = _upload(account, standing, query)
            case "wedges":
                amount = _wedge(account, standing, query)
            case "personalFL":
                amount = _personal_freeleech(account, standing, offers, query)
            case _:
                raise RefusedError("Invalid spend type")
    except RefusedError as refused:
        return {"success": False, "error": str(refused)}
    standing.save()
    uploaded = account.uploaded_bytes + standing.upload_bought_bytes
    downloaded = account.downloaded_bytes + standing.paid_bytes
    return {
        "success": True,
        "type": query["spendtype"],
        "amount": amount,
        "seedbonus": points(account, standing),
        "uploaded": uploaded,
        "downloaded": downloaded,
        "uploadFancy": display_size(uploaded),
        "downloadFancy": display_size(downloaded),
        "ratio": account.ratio,
    }


def points(account: Account, standing: Standing) -> float:
    """The bonus points that are left."""
    return account.seedbonus - standing.points_spent


def wedges(account: Account, standing: Standing) -> int:
    """The wedges that are left."""
    return account.wedges - standing.wedges_spent


def vip_until(account: Account, standing: Standing) -> str | None:
    """The end of the VIP status as the site writes it, or None."""
    return standing.vip_until or account.vip_until


def _vip(account: Account, standing: Standing, query: Mapping[str, str]) -> float:
    if query.get("duration") != "max":
        raise RefusedError("Invalid duration specified")
    if account.classname in _NO_VIP:
        raise RefusedError("You must be at least a Power User")
    now = datetime.now(UTC)
    shown = vip_until(account, standing)
    until = datetime.strptime(shown, _TIME).replace(tzinfo=UTC) if shown else now
    weeks = (now + LONGEST_VIP - max(until, now)) / timedelta(weeks=1)
    if weeks < 1:
        raise RefusedError("Automated spenders are limited to purchases of at least one week")
    _pay(account, standing, weeks * POINTS_PER_WEEK)
    standing.vip_until = (now + LONGEST_VIP).strftime(_TIME)
    return round(weeks, 1)


def _upload(account: Account, standing: Standing, query: Mapping[str, str]) -> float:
    try:
        gigabytes = float(query.get("amount", ""))
    except ValueError:
        raise RefusedError("Invalid amount specified") from None
    if not gigabytes >= MIN_UPLOAD_GB:
        raise RefusedError(f"Automated spenders are limited to purchases of at least {MIN_UPLOAD_GB} GB")
    _pay(account, standing, gigabytes * POINTS_PER_GB)
    standing.upload_bought_bytes += int(gigabytes * 2**30)
    return gigabytes


def _wedge(account: Account, standing: Standing, query: Mapping[str, str]) -> float:
    if query.get("source") != "points":
        raise RefusedError("Not enough cheese")
    _pay(account, standing, POINTS_PER_WEDGE)
    standing.wedges_spent -= 1
    return 1


def _personal_freeleech(
    account: Account, standing: Standing, offers: Mapping[str, Offer], query: Mapping[str, str]
) -> float:
    offer = offers.get(query.get("torrentid", ""))
    if offer is None:
        raise RefusedError("Invalid torrent")
    if offer.vip:
        raise RefusedError("This Torrent is VIP")
    if offer.free:
        raise RefusedError("Cannot spend FL Wedges on Freeleech Picks")
    if offer.personal_free or offer.id in standing.personal_free:
        raise RefusedError("This is already a personal freeleech")
    if wedges(account, standing) < 1:
        raise RefusedError("You do not have any Freeleech Wedges")
    standing.wedges_spent += 1
    standing.personal_free.append(offer.id)
    return 1


def _pay(account: Account, standing: Standing, price: float) -> None:
    if points(account, standing) < price:
        raise RefusedError("Not enough points")
    standing.points_spent += price
