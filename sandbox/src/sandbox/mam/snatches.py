"""The detailed list of the account's torrents, `/json/loadUserDetailsTorrents.php` on the content host."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.mam.row import display_size, person_id
from sandbox.mam.standing import Standing
from sandbox.world import Account, Offer, Snatch

PER_PAGE = 100
DUTY = timedelta(hours=72)


def snatch_rows(
    account: Account, standing: Standing, offers: Mapping[str, Offer], *, bucket: str, page: int
) -> dict[str, Any]:
    """One page of a bucket: the snatches of the world, and the torrents fetched in the sandbox, which seed since."""
    rows = [_row(each) for each in account.snatches if each.bucket == bucket]
    if bucket == "seedUnsat":
        rows += [_fetched(offers[each], standing) for each in standing.fetched if each in offers]
    return {"rows": rows[page * PER_PAGE : (page + 1) * PER_PAGE], "success": True}


def _row(snatch: Snatch) -> dict[str, Any]:
    completed = datetime.now(UTC) - timedelta(days=snatch.completed_days_ago)
    return _columns(
        snatch.id, snatch.title, snatch.size_bytes, seeded=timedelta(hours=snatch.seeded_hours), completed=completed
    ) | _people([], [])


def _fetched(offer: Offer, standing: Standing) -> dict[str, Any]:
    fetched = datetime.fromtimestamp(standing.fetched_at.get(offer.id, 0), UTC)
    seeded = datetime.now(UTC) - fetched
    return _columns(offer.id, offer.title, offer.size_bytes, seeded=seeded, completed=fetched) | _people(
        offer.authors, offer.narrators
    )


def _columns(identity: str, title: str, size_bytes: int, *, seeded: timedelta, completed: datetime) -> dict[str, Any]:
    return {
        "id": int(identity),
        "title": title.replace("&", "&amp;").replace("'", "&#039;"),
        "size": display_size(size_bytes),
        "seedtime": _duration(seeded),
        "leechtime": _duration(timedelta(minutes=20)),
        "uploaded": "0 B",
        "downloaded": display_size(size_bytes),
        "complete_date": completed.strftime("%Y-%m-%d %H:%M:%S"),
        "complete_unix": str(int(completed.timestamp())),
        "STG": _duration(max(DUTY - seeded, timedelta())),
        "OneToOne": False,
        "personalFree": 0,
        "browseFlags": 0,
        "dl": "opaque",
    }


def _people(authors: Iterable[str], narrators: Iterable[str]) -> dict[str, Any]:
    return {
        "author": [{"id": person_id(name), "name": name} for name in authors],
        "narrator": [{"id": person_id(name), "name": name} for name in narrators],
    }


def _duration(time: timedelta) -> str:
    """A duration as the site writes it: "1d 12:10:28", without days "12:10:28"."""
    hours, rest = divmod(time.seconds, 3600)
    clock = f"{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return f"{time.days}d {clock}" if time.days else clock
