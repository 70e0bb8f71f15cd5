"""The detailed list of the account's torrents, on the content host: what still has to seed, and for how long."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, Field, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.mam.seeding import SeedingDuty

from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.schemas import Count, Number, Text
from mam_search.adapters.mam.values import shown_text, size_in_bytes

PATH = "/json/loadUserDetailsTorrents.php"
BUCKETS = {"seedUnsat": (True, False), "inactUnsat": (False, False), "seedHnr": (True, True), "inactHnr": (False, True)}
"""The lists of torrents with a duty: whether they seed, and whether their time is over."""
MAX_PAGES = 20
MAX_ROWS = 5_000
DUTY = timedelta(hours=72)
DUTY_WITHIN = timedelta(days=30)
_DURATION = re.compile(r"(?:(\d{1,5})\s*d(?:ays?)?\s*)?(?:(\d{1,6}):(\d{1,2}):(\d{1,2}))?", re.IGNORECASE | re.ASCII)


class _Row(BaseModel):
    id: Annotated[Count, Field(gt=0)]
    title: Text = ""
    size: Text = ""
    seedtime: Text = ""
    STG: Text = ""
    complete_unix: Number = None


class _Page(BaseModel):
    rows: list[_Row] | None = Field(None, max_length=MAX_ROWS)
    success: bool = True
    error: Text = ""


_PAGE = TypeAdapter(_Page)


class SnatchList:
    """Reads the list page by page."""

    def __init__(self, requests: TrackerRequests) -> None:
        self._requests = requests

    async def duties(self, uid: int, now: datetime) -> list[SeedingDuty]:
        """Every torrent that still has to seed. Raises the `RemoteError` family; then no part of the list is known.

        A list that does not end within `MAX_PAGES` pages raises `RemoteAnsweredNonsense`.
        """
        found: dict[int, SeedingDuty] = {}
        for bucket, (seeding, hit_and_run) in BUCKETS.items():
            for row in await self._bucket(uid, bucket, now):
                duty = duty_of(row.model_dump(), seeding=seeding, hit_and_run=hit_and_run, now=now)
                found.setdefault(row.id, duty)
        return list(found.values())

    async def _bucket(self, uid: int, bucket: str, now: datetime) -> list[_Row]:
        """Every row of a bucket. It ends with a page without new rows."""
        found: dict[int, _Row] = {}
        for number in range(MAX_PAGES):
            known = len(found)
            for row in await self._rows(uid, bucket, number, now):
                found.setdefault(row.id, row)
            if len(found) == known:
                return list(found.values())
        raise RemoteAnsweredNonsense(SYSTEM, f"the list {bucket} did not end within {MAX_PAGES} pages, the limit")

    async def _rows(self, uid: int, bucket: str, number: int, now: datetime) -> list[_Row]:
        query: dict[str, Any] = {
            "uid": str(uid), "iteration": str(number), "type": bucket, "cacheTime": str(int(now.timestamp())),
        }  # fmt: skip
        page = await self._requests.request(PATH, query, self._parse)
        if page.rows is None or not page.success:
            raise RemoteAnsweredNonsense(SYSTEM, page.error[:200] or "the list of torrents has no rows")
        return page.rows

    def _parse(self, response: httpx.Response) -> _Page:
        return self._requests.json(response, _PAGE)


def duty_of(row: dict[str, Any], *, seeding: bool, hit_and_run: bool, now: datetime) -> SeedingDuty:
    """One row as a seeding duty. If the site does not say how long it still has to seed, 72 hours less what it did."""
    each = _Row.model_validate(row)
    seeded = seconds_in(each.seedtime) or 0
    remaining = seconds_in(each.STG)
    completed = _moment(each.complete_unix)
    return SeedingDuty(
        torrent_id=str(each.id),
        title=shown_text(each.title),
        size_bytes=size_in_bytes(each.size),
        seeding=seeding,
        hit_and_run=hit_and_run,
        seeded_seconds=seeded,
        remaining_seconds=max(0, int(DUTY.total_seconds()) - seeded) if remaining is None else remaining,
        completed_at=completed,
        due_at=None if completed is None else completed + DUTY_WITHIN,
        read_at=now,
    )


def seconds_in(text: str) -> int | None:
    """The seconds of "1d 12:10:28", "12:10:28", "3d" or a plain number of seconds; None if it is another text."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) < 12:
        return int(text)
    found = _DURATION.fullmatch(text)
    if not text or found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return days * 86_400 + hours * 3_600 + minutes * 60 + seconds


def _moment(seconds: float | None) -> datetime | None:
    if seconds is None or not 0 < seconds < 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, UTC)
