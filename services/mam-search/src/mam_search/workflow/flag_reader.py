"""Reads what a release costs now: the flag of an earlier search may have ended since."""

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.mam.grabs import OfferedRelease
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import MamSearch

from mam_search.domain.grab_rule import MAX_FLAG_AGE, torrent_of
from mam_search.domain.search_ports import SeenReleases
from mam_search.workflow.cached_search import CachedSearch


class FlagReader:
    """The flags of a release, at most an hour old."""

    def __init__(self, seen: SeenReleases, searches: CachedSearch, clock: Clock) -> None:
        self._seen = seen
        self._searches = searches
        self._clock = clock

    async def current(self, release: OfferedRelease) -> OfferedRelease | None:
        """The release with its current flags. If no search saw it within the last hour, it is read from the site.

        None if the flags are unknown: the site could not be read or no longer lists the release, or its id at the site
        is unknown, as that of some releases that Prowlarr found.
        """
        number = torrent_of(release)
        if number is None:
            return None
        listed = await self._seen.seen_since(number, self._clock.now() - MAX_FLAG_AGE)
        listed = listed or await self._read(number)
        if listed is None:
            return None
        flags = {"freeleech": listed.freeleech, "vip": listed.vip, "vip_until": listed.vip_until}
        return release.model_copy(update=flags)

    async def _read(self, number: str) -> Release | None:
        search = MamSearch(release_id=number, main_categories=[])
        age = int(MAX_FLAG_AGE.total_seconds())
        try:
            page = await self._searches.find(search, max_age_seconds=age, person_waits=True)
        except RemoteError as error:
            logger().warning("flags_not_read", release_id=number, because=error.detail)
            return None
        return next((each for each in page.releases if each.id == number), None)
