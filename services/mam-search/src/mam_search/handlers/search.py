"""Searches the tracker: for a book, one query at a time, or with a typed search."""

from shared.contracts.mam.releases import MamAnswer, QueryMam
from shared.contracts.mam.search import FoundPage, ListSeenReleases, MamSearch, SearchMam, SeenRelease
from shared.contracts.page import Page

from mam_search.domain.query import queries
from mam_search.domain.search_ports import SeenReleases
from mam_search.workflow.cached_search import CachedSearch


class SearchHandlers:
    """Answers `QueryMam`, `SearchMam` and `ListSeenReleases`."""

    def __init__(self, searches: CachedSearch, seen: SeenReleases) -> None:
        self._searches = searches
        self._seen = seen

    async def query(self, request: QueryMam) -> MamAnswer:
        """The releases of query `number`, and how many queries the book has. Raises the `RemoteError` family."""
        searches = [MamSearch(text=each) for each in queries(request.titles, request.authors, request.series)]
        if request.isbn:
            searches.append(MamSearch(isbn=request.isbn))
        if request.number >= len(searches):
            return MamAnswer(releases=[], queries=len(searches))
        found = await self._searches.find(
            searches[request.number], max_age_seconds=request.max_age_seconds, person_waits=request.person_waits
        )
        return MamAnswer(releases=found.releases, queries=len(searches))

    async def search(self, request: SearchMam) -> FoundPage:
        """One page of the releases that match. Raises the `RemoteError` family."""
        return await self._searches.find(
            request.search, max_age_seconds=request.max_age_seconds, person_waits=request.person_waits
        )

    async def list_seen(self, request: ListSeenReleases) -> Page[SeenRelease]:
        """A page of the releases that any search has shown. No request is sent."""
        return await self._seen.list(request)
