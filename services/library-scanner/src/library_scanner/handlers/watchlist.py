"""Adds, changes and deletes series and authors, and stores how they are followed."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import Refused
from shared.contracts.library.authors import (
    Author,
    AuthorStatistics,
    CreateAuthor,
    DeleteAuthor,
    GetAuthorStatistics,
    UpdateAuthor,
)
from shared.contracts.library.following import MOST_TITLES, FollowEffect, FollowMode, PreviewFollow
from shared.contracts.library.series import CreateSeries, DeleteSeries, Series, UpdateSeries
from shared.contracts.library.work_lists import EntryState
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingReason, MissingStatus
from shared.translatable import translatable

from library_scanner.domain.editions import Release
from library_scanner.domain.following import author_mode, series_mode, why_not_wanted
from library_scanner.domain.missing_book import NO_GAP, StoredMissingBook
from library_scanner.domain.ports import Following, WatchlistEntry
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_as_no_gap
from library_scanner.workflow.lookups import require
from library_scanner.workflow.refusals import AlreadyExists
from library_scanner.workflow.request_bibliographies import compare_again
from library_scanner.workflow.series_names import require_free_series_name


class NotByHand(Refused):
    """The name comes from the books in Audiobookshelf."""

    code: ClassVar[str] = "not_by_hand"
    title: ClassVar[str] = "Not entered by hand"


class HasBooks(Refused):
    """The library contains books of this series or author."""

    code: ClassVar[str] = "has_books"
    title: ClassVar[str] = "Has books"


class WatchlistHandlers:
    """Each request is one transaction. Requests that name an unknown id raise `NotFound`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def create_author(self, request: CreateAuthor) -> Author:
        """Add an author. Raises `AlreadyExists` if the library has an author of this name."""
        async with self._transaction() as tx:
            await tx.lock()
            await _require_free_author_name(tx, request.entry.name)
            author_id = await tx.watchlist.add_author(request.entry)
            mode = author_mode(request.entry, FollowMode.AUTOMATIC)
            await tx.watchlist.follow(BibliographyOf.AUTHOR, author_id, self._following(mode))
            return require(await tx.lists.author(author_id), f"author {author_id}")

    async def update_author(self, request: UpdateAuthor) -> Author:
        """Rename an author, or change how they are followed. Raises `AlreadyExists` and `NotByHand`."""
        async with self._transaction() as tx:
            await tx.lock()
            author = await _watchlist_entry(tx, BibliographyOf.AUTHOR, request.id)
            if request.update.name is not None and request.update.name != author.name:
                _require_renamable(author)
                await _require_free_author_name(tx, request.update.name, except_id=request.id)
                await tx.watchlist.rename_author(request.id, request.update.name)
            await self._follow(tx, BibliographyOf.AUTHOR, author, author_mode(request.update, author.following.mode))
            return require(await tx.lists.author(request.id), f"author {request.id}")

    async def delete_author(self, request: DeleteAuthor) -> Author:
        """Delete an author without books and close the gaps found through them. Raises `HasBooks`."""
        async with self._transaction() as tx:
            await tx.lock()
            _require_no_books(await _watchlist_entry(tx, BibliographyOf.AUTHOR, request.id))
            author = require(await tx.lists.author(request.id), f"author {request.id}")
            gaps = await _own_gaps(tx, BibliographyOf.AUTHOR, request.id)
            await self._close(tx, gaps, f"the author {author.name} was deleted")
            await tx.watchlist.delete(BibliographyOf.AUTHOR, request.id)
        return author

    async def author_statistics(self, request: GetAuthorStatistics) -> AuthorStatistics:
        """Return the counts, duration and size of the books of an author."""
        async with self._transaction() as tx:
            return require(await tx.watchlist.statistics(request.id), f"author {request.id}")

    async def create_series(self, request: CreateSeries) -> Series:
        """Add a series. Raises `AlreadyExists` if these authors have a series of this name."""
        async with self._transaction() as tx:
            await tx.lock()
            await require_free_series_name(tx, request.entry.name, request.entry.authors)
            series_id = await tx.watchlist.add_series(request.entry)
            mode = series_mode(request.entry, FollowMode.ALL)
            await tx.watchlist.follow(BibliographyOf.SERIES, series_id, self._following(mode))
            return require(await tx.lists.one_series(series_id), f"series {series_id}")

    async def update_series(self, request: UpdateSeries) -> Series:
        """Rename a series, or change how it is followed. Raises `AlreadyExists` and `NotByHand`."""
        async with self._transaction() as tx:
            await tx.lock()
            entry = await _watchlist_entry(tx, BibliographyOf.SERIES, request.id)
            series = require(await tx.lists.one_series(request.id), f"series {request.id}")
            if request.update.name is not None and request.update.name != series.name:
                _require_renamable(entry)
                await require_free_series_name(tx, request.update.name, series.authors, except_id=request.id)
                await tx.watchlist.rename_series(request.id, request.update.name)
            await self._follow(tx, BibliographyOf.SERIES, entry, series_mode(request.update, entry.following.mode))
            return require(await tx.lists.one_series(request.id), f"series {request.id}")

    async def delete_series(self, request: DeleteSeries) -> Series:
        """Delete a series without books and close its gaps. Raises `HasBooks`."""
        async with self._transaction() as tx:
            await tx.lock()
            _require_no_books(await _watchlist_entry(tx, BibliographyOf.SERIES, request.id))
            series = require(await tx.lists.one_series(request.id), f"series {request.id}")
            gaps = await _own_gaps(tx, BibliographyOf.SERIES, request.id)
            await self._close(tx, gaps, f"the series {series.name} was deleted")
            await tx.watchlist.delete(BibliographyOf.SERIES, request.id)
        return series

    async def preview_follow(self, request: PreviewFollow) -> FollowEffect:
        """Return what would change if a series or an author were followed in a mode. It changes nothing."""
        async with self._transaction() as tx:
            entry = await _watchlist_entry(tx, request.of, request.id)
            if request.follow is entry.following.mode:
                return FollowEffect(closes=0)
            following = self._following(request.follow)
            closing = [stored.missing_book for stored, _ in await _not_wanted(tx, request.of, request.id, following)]
            closes = [missing.title for missing in closing if missing.status is not MissingStatus.DOWNLOADING]
            opens = []
            if _compares(request.follow):
                for stored in await tx.work_lists.entries(request.of, request.id):
                    listed = stored.now()
                    release = Release(listed.release_date, listed.published_year)
                    present_reason = why_not_wanted(entry.following, release, request.of)
                    if (
                        listed.state is EntryState.NOT_COUNTED
                        and present_reason is not None
                        and (listed.why == present_reason or stored.closed_because == NO_GAP)
                        and why_not_wanted(following, release, request.of) is None
                    ):
                        opens.append(listed.title)
        return FollowEffect(
            closes=len(closes),
            closed_titles=closes[:MOST_TITLES],
            downloading=len(closing) - len(closes),
            opens=len(opens),
            opened_titles=opens[:MOST_TITLES],
            compares=_compares(request.follow),
        )

    async def _follow(self, tx: Transaction, of: BibliographyOf, entry: WatchlistEntry, mode: FollowMode) -> None:
        """Store the mode, close the gaps that are not wanted any more, and find those that now are."""
        if mode is entry.following.mode:
            return
        following = self._following(mode)
        await tx.watchlist.follow(of, entry.id, following)
        for stored, reason in await _not_wanted(tx, of, entry.id, following):
            await self._close(tx, [stored], reason)
        if _compares(mode):
            await compare_again(tx, of, entry.id)

    def _following(self, mode: FollowMode) -> Following:
        return Following(mode, self._clock.now().date() if mode is FollowMode.FROM_NOW_ON else None)

    async def _close(self, tx: Transaction, gaps: Iterable[StoredMissingBook], why: str) -> None:
        """Close gaps except those being downloaded."""
        closing = [stored for stored in gaps if stored.missing_book.status is not MissingStatus.DOWNLOADING]
        for stored in closing:
            await close_as_no_gap(tx, stored, why, self._clock.now())
        await tx.counts.update_for([], [stored.missing_book.id for stored in closing])


async def _own_gaps(tx: Transaction, of: BibliographyOf, row_id: UUID) -> list[StoredMissingBook]:
    """The gaps found through a series or through an author that are not closed."""
    if of is BibliographyOf.SERIES:
        return await tx.missing_books.of_series(row_id)
    gaps = await tx.missing_books.of_author(row_id)
    return [stored for stored in gaps if stored.missing_book.reason is MissingReason.AUTHOR_GAP]


async def _not_wanted(
    tx: Transaction, of: BibliographyOf, row_id: UUID, following: Following
) -> list[tuple[StoredMissingBook, str]]:
    """The gaps that are not wanted if a series or an author is followed in this way, and why."""
    found = []
    for stored in await _own_gaps(tx, of, row_id):
        missing = stored.missing_book
        release = Release(missing.release_date, missing.release_year or missing.published_year)
        reason = why_not_wanted(following, release, of)
        if reason is not None:
            found.append((stored, reason))
    return found


def _compares(mode: FollowMode) -> bool:
    """Whether the lists of the providers are compared again after a change to this mode."""
    return mode not in (FollowMode.NONE, FollowMode.AUTOMATIC)


async def _watchlist_entry(tx: Transaction, of: BibliographyOf, row_id: UUID) -> WatchlistEntry:
    return require(await tx.watchlist.entry(of, row_id), f"{of} {row_id}")


async def _require_free_author_name(tx: Transaction, name: str, *, except_id: UUID | None = None) -> None:
    found = await tx.watchlist.author_named(name)
    if found is not None and found != except_id:
        raise AlreadyExists(
            translatable(
                "refused.author_exists", f"the library already has an author of this name: /api/authors/{found}"
            )
        )


def _require_renamable(entry: WatchlistEntry) -> None:
    if not entry.by_hand or entry.has_books:
        raise NotByHand(
            translatable(
                "refused.named_by_books",
                f"“{entry.name}” gets its name from its books: change them in Audiobookshelf, then scan the library",
                name=entry.name,
            )
        )


def _require_no_books(entry: WatchlistEntry) -> None:
    if entry.has_books:
        raise HasBooks(
            translatable(
                "refused.has_books", f"the library has books of “{entry.name}”: remove them first", name=entry.name
            )
        )
