"""Gets the page of a torrent, from the cache if it is recent enough."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.torrent_pages import GetTorrentPage, TorrentPage

from mam_search.domain.page_ports import TorrentPageCache, TorrentPages


class GetTorrentPageHandler:
    """Pages are slow and few, so each is stored."""

    def __init__(self, pages: TorrentPages, cache: TorrentPageCache, clock: Clock) -> None:
        self._pages = pages
        self._cache = cache
        self._clock = clock

    async def get(self, request: GetTorrentPage) -> TorrentPage:
        """The stored page if it is recent enough, else the page as it is now.

        Raises `NotFound` if there is no such torrent, and the `RemoteError` family.
        """
        oldest = self._clock.now() - timedelta(seconds=request.max_age_seconds)
        if (stored := await self._cache.recent(request.release_id, oldest)) is not None:
            return stored
        page = await self._pages.read_torrent(request.release_id, person_waits=request.person_waits)
        await self._cache.store(page)
        return page
