"""What the handlers need from outside."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from shared.contracts.mam.account import Egress, Standing, TrackerAccess
from shared.contracts.mam.releases import TorrentFile
from shared.contracts.mam.search import FoundPage, MamSearch

from mam_search.domain.search_ports import StoredAnswer


class Tracker(Protocol):
    """The tracker. Every method raises the `RemoteError` family.

    If `person_waits`, the request goes before those of a schedule.
    """

    async def search(
        self, search: MamSearch, *, answers: StoredAnswer[FoundPage] | None = None, person_waits: bool = False
    ) -> FoundPage:
        """One page of releases; an empty page with `found` 0 means that there are none.

        With `answers`, the same search that is sent by several callers or replicas at once is sent only once.
        """
        ...

    async def fetch_torrent(self, release_id: str, *, person_waits: bool = False) -> TorrentFile:
        """The torrent file of a release, parsed and checked."""
        ...

    async def standing(self, now: datetime, *, person_waits: bool = False, probe: bool = False) -> Standing:
        """The account's standing now. With `probe`, even while requests are paused."""
        ...

    async def egress(self, now: datetime) -> Egress:
        """Our address as the tracker sees it."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site as a browser shows it. `url` is its final address; `status` is 200, or 404 for no page."""

    url: str
    title: str
    html: str = field(repr=False)
    status: int = 200


class Pages(Protocol):
    """The pages of the site, read with a browser, one at a time over all replicas and slowly."""

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        """The page at a path of the site, such as `/t/900001`. It may wait for minutes; if a person waits, for half a
        minute.

        A page that does not exist is returned with status 404. Raises the `RemoteError` family: `RemoteRefusedUs` if a
        person has to act, `RemoteThrottled` if the wait would be too long or today's pages are used up,
        `RemoteUnavailable` if the site or the browser fails, `RemoteAnsweredNonsense` if the answer is not a page.
        """
        ...


class AccessControl(Protocol):
    """The access to the account: its rate limiter and its sessions."""

    async def access(self) -> TrackerAccess:
        """When the next request is allowed, until when and why requests are paused, and the state of each session."""
        ...

    async def pause(self, by: str) -> None:
        """Pause all requests of all replicas until `resume`."""
        ...

    async def resume(self) -> None:
        """Allow requests again, and try refused sessions again."""
        ...


class Retention(Protocol):
    """Cleanup and statistics of the stored rows."""

    async def clean_up(self, now: datetime, *, before: datetime, dry_run: bool) -> dict[str, int]:
        """Delete what was last seen before `before`, or only count it. Return the number of rows by table."""
        ...

    async def figures(self) -> dict[str, float | int | str | dict[str, int]]:
        """The number of rows by kind."""
        ...
