"""`/jsonLoad.php`: the data of the account, and the snatch summary in both formats."""

import math
from datetime import UTC, datetime
from typing import Any

from sandbox.mam.row import display_size
from sandbox.mam.standing import Standing
from sandbox.world import Account

_BUCKETS = {
    "leeching": "Leeching",
    "sSat": "Seeding - Satisfied",
    "seedHnr": "Seeding - HnR",
    "seedUnsat": "Seeding - not yet satisfied",
    "upAct": "Active Uploads",
    "upInact": "Inactive Uploads",
    "inactHnr": "Not Seeding - HnR",
    "inactSat": "Not Seeding - Satisfied",
    "inactUnsat": "Not Seeding - not yet satisfied",
}


def member(account: Account, standing: Standing, *, parameters: frozenset[str], nested: bool) -> dict[str, Any]:
    """The data of the account.

    `nested`: the buckets are in `snatch_summary`, as since September 2026, otherwise at the top level.
    """
    downloaded = account.downloaded_bytes + standing.paid_bytes
    data: dict[str, Any] = {
        "username": account.username,
        "uid": account.uid,
        "classname": account.classname,
        "ratio": _ratio(account, downloaded),
        "uploaded": display_size(account.uploaded_bytes),
        "downloaded": display_size(downloaded),
        "uploaded_bytes": account.uploaded_bytes,
        "downloaded_bytes": float(downloaded),
        "seedbonus": account.seedbonus,
        "wedges": account.wedges - standing.wedges_spent,
        "vip_until": account.vip_until,
        "country_code": "eu",
        "country_name": "Europe",
        "created": 1_600_000_000,
        "update": int(datetime.now(UTC).timestamp()),
        "partial": False,
        "recently_deleted": 0,
    }
    if "snatch_summary" in parameters:
        summary = _summary(account, standing, with_red=not nested)
        data |= {"snatch_summary": summary} if nested else summary
    if "notif" in parameters:
        data["notifs"] = dict.fromkeys(("pms", "aboutToDropClient", "tickets", "waiting_tickets", "requests"), 0)
    if "clientStats" in parameters:
        data["clientStats"] = []
    return data


def _ratio(account: Account, downloaded: int) -> float | str:
    """The ratio of the world's account after the torrents fetched in the sandbox."""
    if not math.isfinite(account.ratio):
        return "Inf"
    return round(account.ratio * account.downloaded_bytes / downloaded, 3) if downloaded else account.ratio


def unsatisfied(account: Account, standing: Standing) -> int:
    """The number of unsatisfied torrents: those of the world's account and those fetched in the sandbox."""
    return account.unsatisfied + len(standing.fetched)


def _summary(account: Account, standing: Standing, *, with_red: bool) -> dict[str, Any]:
    counts = {"sSat": 40, "seedUnsat": unsatisfied(account, standing)}
    red = {"red": False} if with_red else {}
    buckets: dict[str, Any] = {
        key: {"name": name, "count": counts.get(key, 0), "size": counts.get(key, 0) * 500 * 2**20} | red
        for key, name in _BUCKETS.items()
    }
    limits = {"name": "Unsatisfied", "count": unsatisfied(account, standing), "limit": account.unsatisfied_limit}
    return buckets | {
        "unsat": limits | {"size": 0} | red,
        "duplicates": 0,
        "reseed": {"name": "Reseed", "count": 0, "inactive": 0},
        "ite": {"name": "Tracker errors", "count": 0, "latest": 0},
        "connectable": "yes",
    }
