"""`/jsonLoad.php`: the data of the account, and the snatch summary in both formats."""

import math
import time
from datetime import UTC, datetime
from typing import Any

from sandbox.mam.row import display_size
from sandbox.mam.standing import Standing
from sandbox.mam.store import points, vip_until, wedges
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


def member(
    account: Account, standing: Standing, *, parameters: frozenset[str], nested: bool, lag_seconds: float = 0.0
) -> dict[str, Any]:
    """The data of the account.

    `nested`: the buckets are in `snatch_summary`, as since September 2026, otherwise at the top level.
    `lag_seconds`: how long a fetched torrent is missing in the summary.
    """
    uploaded = account.uploaded_bytes + standing.upload_bought_bytes
    downloaded = account.downloaded_bytes + standing.paid_bytes
    data: dict[str, Any] = {
        "username": account.username,
        "uid": account.uid,
        "classname": account.classname,
        "ratio": _ratio(account, uploaded, downloaded),
        "uploaded": display_size(uploaded),
        "downloaded": display_size(downloaded),
        "uploaded_bytes": uploaded,
        "downloaded_bytes": float(downloaded),
        "seedbonus": points(account, standing),
        "wedges": wedges(account, standing),
        "vip_until": vip_until(account, standing),
        "country_code": "eu",
        "country_name": "Europe",
        "created": 1_600_000_000,
        "update": int(datetime.now(UTC).timestamp()),
        "partial": False,
        "recently_deleted": 0,
    }
    if "snatch_summary" in parameters:
        summary = _summary(account, standing, with_red=not nested, lag_seconds=lag_seconds)
        data |= {"snatch_summary": summary} if nested else summary
    if "notif" in parameters:
        data["notifs"] = dict.fromkeys(("pms", "aboutToDropClient", "tickets", "waiting_tickets", "requests"), 0)
    if "clientStats" in parameters:
        data["clientStats"] = []
    return data


def _ratio(account: Account, uploaded: int, downloaded: int) -> float | str:
    """The ratio of the world's account after the torrents fetched in the sandbox."""
    if not math.isfinite(account.ratio):
        return "Inf"
    if not downloaded:
        return account.ratio
    bought = (uploaded - account.uploaded_bytes) / downloaded
    return round(account.ratio * account.downloaded_bytes / downloaded + bought, 3)


def unsatisfied(account: Account, standing: Standing, *, lag_seconds: float = 0.0) -> int:
    """The number of unsatisfied torrents: those of the world's account and those fetched in the sandbox.

    With `lag_seconds`, those fetched since then are missing, as in the site's cached figures.
    """
    shown_before = time.time() - lag_seconds
    return account.unsatisfied + sum(standing.fetched_at.get(each, 0) <= shown_before for each in standing.fetched)


def _summary(account: Account, standing: Standing, *, with_red: bool, lag_seconds: float) -> dict[str, Any]:
    count = unsatisfied(account, standing, lag_seconds=lag_seconds)
    hit_and_runs = [sum(each.bucket == bucket for each in account.snatches) for bucket in ("seedHnr", "inactHnr")]
    counts = {"sSat": 40, "seedUnsat": count, "seedHnr": hit_and_runs[0], "inactHnr": hit_and_runs[1]}
    red = {"red": False} if with_red else {}
    buckets: dict[str, Any] = {
        key: {"name": name, "count": counts.get(key, 0), "size": counts.get(key, 0) * 500 * 2**20} | red
        for key, name in _BUCKETS.items()
    }
    limits = {"name": "Unsatisfied", "count": count, "limit": account.unsatisfied_limit}
    return buckets | {
        "unsat": limits | {"size": 0} | red,
        "duplicates": 0,
        "reseed": {"name": "Reseed", "count": 0, "inactive": 0},
        "ite": {"name": "Tracker errors", "count": 0, "latest": 0},
        "connectable": "yes",
    }
