"""What this service needs of the outside, in its own words."""

from datetime import datetime
from typing import Protocol

from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release, TorrentFile


class Tracker(Protocol):
    """The tracker, with its one session and its one pace. Raises the `RemoteError` family."""

    async def search(self, text: str) -> list[Release]: ...

    async def fetch_torrent(self, release_id: str) -> TorrentFile: ...

    async def standing(self, now: datetime, *, knock: bool = False) -> Standing: ...


class SearchCache(Protocol):
    """Answers of the tracker, remembered."""

    async def recent(self, text: str, no_older_than: datetime) -> list[Release] | None: ...

    async def remember(self, text: str, releases: list[Release], now: datetime) -> None: ...


class Snapshots(Protocol):
    """The account's standing over time."""

    async def latest(self, no_older_than: datetime) -> Standing | None: ...

    async def keep(self, standing: Standing) -> None: ...


class Housekeeping(Protocol):
    async def clean_up(self, now: datetime, *, before: datetime, dry_run: bool) -> dict[str, int]: ...

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]: ...
