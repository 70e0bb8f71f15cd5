"""What is read from pages of the site, and where it is stored."""

from datetime import datetime
from typing import Protocol

from shared.contracts.mam.crawler import UnreadablePage, UnreadablePageText
from shared.contracts.mam.torrent_pages import TorrentPage

from mam_search.domain.refusals import PageChanged


class TorrentPages(Protocol):
    """The pages of torrents."""

    async def read_torrent(self, release_id: str, *, person_waits: bool = False) -> TorrentPage:
        """The page of a torrent as it is now.

        Raises `NotFound` if there is none, and the `RemoteError` family: `PageChanged`, which names the selector that
        does not match, if the site has changed its pages.
        """
        ...


class TorrentPageCache(Protocol):
    """The torrent pages that were read before."""

    async def recent(self, release_id: str, no_older_than: datetime) -> TorrentPage | None:
        """The stored page; None if there is none or it is older than that."""
        ...

    async def store(self, page: TorrentPage) -> None:
        """Replace the stored page."""
        ...


class UnreadablePages(Protocol):
    """The pages in which a selector did not match, for a report."""

    async def store(self, page: PageChanged, now: datetime) -> None:
        """Store a page in place of the last one for the same selector."""
        ...

    async def newest(self) -> list[UnreadablePage]:
        """The stored pages, the newest first."""
        ...

    async def get(self, selector: str) -> UnreadablePageText:
        """The last page in which the selector did not match. Raises `NotFound`."""
        ...
