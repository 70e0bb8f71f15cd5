"""Reads the top lists of a genre: with a search, from the page of the site if that fails, and from the catalogue."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs
from shared.chassis.logging import logger
from shared.contracts.mam.releases import Release
from shared.contracts.mam.search import MamSearch, ReleaseKind, SearchOrder
from shared.contracts.mam.top_lists import Genre, TopList, TopListEntry, TopListSource

from mam_search.domain.top_list import Screening, TopOrder, each_work_once, ranked, shown_entries, week_before
from mam_search.domain.top_list_ports import Catalogue, TopListPage, TopListStore
from mam_search.workflow.cached_search import CachedSearch

PAGE_MAX_AGE = timedelta(minutes=30)
"""The page has the releases of all genres, so it is read once for all of them."""
_ORDERS = {TopOrder.SNATCHED: SearchOrder.MOST_SNATCHED, TopOrder.SEEDERS: SearchOrder.MOST_SEEDERS}


@dataclass(frozen=True, slots=True)
class TopListRules:
    """What makes a release popular, and which entries never become missing books."""

    order: TopOrder = TopOrder.SNATCHED
    screening: Screening = field(default_factory=Screening)


class TopListReader:
    """`page` and `catalogue` are None where they are not configured."""

    def __init__(
        self,
        searches: CachedSearch,
        store: TopListStore,
        clock: Clock,
        rules: TopListRules,
        *,
        page: TopListPage | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self._searches = searches
        self._store = store
        self._clock = clock
        self._rules = rules
        self._page = page
        self._on_page: list[Release] = []
        self._page_read_at: datetime | None = None
        self._page_lock = asyncio.Lock()
        self._catalogue = catalogue

    @property
    def sources(self) -> list[TopListSource]:
        """The sources that are read for each genre."""
        return [TopListSource.SEARCH, *([TopListSource.CATALOGUE] if self._catalogue else [])]

    async def read(
        self, genre: Genre, source: TopListSource, *, max_age_seconds: int, person_waits: bool = False
    ) -> TopList | None:
        """The list of a genre, at most `max_age_seconds` old; None if the source has no such genre.

        Raises the `RemoteError` family.
        """
        stored = await self.stored(genre, source)
        oldest = self._clock.now() - timedelta(seconds=max_age_seconds)
        if stored is not None and stored.read_at >= oldest:
            return stored
        if source is TopListSource.CATALOGUE:
            return await self._from_catalogue(genre)
        try:
            releases = await self._from_searches(genre, max_age_seconds=max_age_seconds, person_waits=person_waits)
        except (RemoteRefusedUs, RemoteAnsweredNonsense) as error:
            if self._page is None:
                raise
            logger().warning("top_list_read_from_page", genre=genre.name, because=error.detail)
            try:
                on_page = await self._releases_on(self._page, person_waits=person_waits)
            except RemoteError as of_page:
                raise error from of_page
            releases = [each for each in on_page if _belongs_to(each, genre)]
            source = TopListSource.PAGE
        return await self._save(genre, source, ranked(releases, self._rules.order))

    async def stored(self, genre: Genre, source: TopListSource) -> TopList | None:
        """The newest list that was read, whatever its age, or None."""
        found = await self._store.newest(genre.name, source)
        from_page = await self._store.newest(genre.name, TopListSource.PAGE) if source is TopListSource.SEARCH else None
        lists = [each for each in (found, from_page) if each is not None]
        return self._shown(max(lists, key=lambda each: each.read_at), genre) if lists else None

    async def _from_searches(self, genre: Genre, *, max_age_seconds: int, person_waits: bool) -> list[Release]:
        """Search the older categories of the genre, and all new audiobooks for those with only a newer category.

        The second search is the same for all genres, so it is sent once.
        """
        week = MamSearch(
            kind=ReleaseKind.ACTIVE,
            added_from=week_before(self._clock.now()).date(),
            order=_ORDERS[self._rules.order],
        )
        of_genre = week.model_copy(update={"categories": genre.category_ids})
        searches = [*([of_genre] if genre.category_ids else []), *([week] if genre.new_category_ids else [])]
        found: list[Release] = []
        for search in searches:
            page = await self._searches.find(search, max_age_seconds=max_age_seconds, person_waits=person_waits)
            found += [release for release in page.releases if _belongs_to(release, genre)]
        return found

    async def _releases_on(self, page: TopListPage, *, person_waits: bool) -> list[Release]:
        """The releases of the page, which is read again only after `PAGE_MAX_AGE`. Raises the `RemoteError` family."""
        async with self._page_lock:
            now = self._clock.now()
            if self._page_read_at is None or not timedelta() <= now - self._page_read_at < PAGE_MAX_AGE:
                self._on_page, self._page_read_at = await page.releases(person_waits=person_waits), now
            return self._on_page

    async def _from_catalogue(self, genre: Genre) -> TopList | None:
        entries = await self._catalogue.top(genre) if self._catalogue else None
        if entries is None:
            return None
        return await self._save(genre, TopListSource.CATALOGUE, each_work_once(entries))

    async def _save(self, genre: Genre, source: TopListSource, entries: list[TopListEntry]) -> TopList:
        now = self._clock.now()
        read = TopList(genre=genre.name, source=source, week_from=week_before(now), read_at=now, entries=entries)
        await self._store.save(read)
        return self._shown(read, genre)

    def _shown(self, top_list: TopList, genre: Genre) -> TopList:
        entries = shown_entries(top_list.entries, genre, self._rules.screening)
        return top_list.model_copy(update={"entries": entries})


def _belongs_to(release: Release, genre: Genre) -> bool:
    return release.category_id in genre.category_ids or not set(genre.new_category_ids).isdisjoint(
        release.new_category_ids
    )
