"""Shows and changes the genre map, and proposes what it changes in the library."""

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.library.books import ListBooks
from shared.contracts.metadata.genre_map import GenreMap, GetGenreMap, ProposeMappedGenres, SetGenreMap
from shared.contracts.metadata.proposals import ProposalKind, ProposeChanges

from metadata.domain.genre_map import MappedGenres
from metadata.domain.ports import Library
from metadata.domain.transactions import Transactions

LIBRARY_AWAY_SECONDS = 15.0
BOOKS_AT_A_TIME = 200
"""Books of one command. Each has at most two changes, and `ProposeChanges` takes 500."""


class GenreMapHandlers:
    """Handles `GetGenreMap`, `SetGenreMap` and `ProposeMappedGenres`."""

    def __init__(self, transaction: Transactions, library: Library, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._log = logger(service="metadata")

    async def get(self, request: GetGenreMap) -> GenreMap:
        """The genre map."""
        async with self._transaction() as tx:
            return await tx.genre_map.get()

    async def set(self, request: SetGenreMap) -> GenreMap:
        """Replace the genre map, and have its changes proposed for every book of the library."""
        changed = GenreMap(genres=request.rules.genres, changed_at=self._clock.now(), changed_by=request.changed_by)
        async with self._transaction() as tx:
            await tx.genre_map.store(changed)
            tx.send(ProposeMappedGenres())
        self._log.info("genre_map_changed", entries=len(changed.genres), changed_by=request.changed_by)
        return changed

    async def propose(self, command: ProposeMappedGenres) -> None:
        """Propose what the map changes in some books, and send the command for the next ones.

        Earlier proposals of the map to which it no longer leads become outdated. Raises `TryAgainLater` while the
        library is unavailable.
        """
        try:
            page = await self._library.books(ListBooks(sort="added_at", limit=BOOKS_AT_A_TIME, offset=command.offset))
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        async with self._transaction() as tx:
            genres = MappedGenres(await tx.genre_map.get())
            changes = [change for book in page.items for change in genres.changes(book)]
            if page.items:
                judged = [book.id for book in page.items]
                tx.send(ProposeChanges(changes=changes, judged_books=judged, judged_kinds=[ProposalKind.GENRE_MAPPED]))
            if command.offset + BOOKS_AT_A_TIME < page.total:
                tx.send(ProposeMappedGenres(offset=command.offset + BOOKS_AT_A_TIME))
