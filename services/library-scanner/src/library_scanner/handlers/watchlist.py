"""What a person sets of missing books, authors and series: wanted or not, followed or not, monitored or not."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import NotFound, Refused
from shared.contracts.library.authors import (
    Author,
    AuthorStatistics,
    CreateAuthor,
    DeleteAuthor,
    GetAuthorStatistics,
    UpdateAuthor,
)
from shared.contracts.library.missing_books import MissingBook, UpdateMissingBook
from shared.contracts.library.series import CreateSeries, DeleteSeries, Series, UpdateSeries
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingReason, MissingStatus

from library_scanner.domain.missing_book import KeptMissing
from library_scanner.domain.ports import Transaction, Transactions, WatchedOne
from library_scanner.handlers.edit_books import AlreadyThere
from library_scanner.workflow.close_missing_books import close_as_no_gap, set_aside, want_again

Found = TypeVar("Found")


class NotByHand(Refused):
    """Audiobookshelf gives this its name."""

    code: ClassVar[str] = "not_by_hand"
    title: ClassVar[str] = "Not entered by hand"


class HasBooks(Refused):
    """There are books of it."""

    code: ClassVar[str] = "has_books"
    title: ClassVar[str] = "Has books"


class NotMissing(Refused):
    """The library has it."""

    code: ClassVar[str] = "not_missing"
    title: ClassVar[str] = "Not missing any more"


class Minding:
    """Each call is one transaction."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def update_missing_book(self, asked: UpdateMissingBook) -> MissingBook:
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.lock()
            kept = _there(await tx.missing_books.by_id(asked.id), f"missing book {asked.id}")
            if asked.update.status is not None and kept.missing_book.status is MissingStatus.COMPLETED:
                raise NotMissing(f"the library has it: book {kept.missing_book.book_id}")
            if asked.update.priority is not None:
                kept = kept.with_priority(asked.update.priority, now)
                await tx.missing_books.save(kept)
            if asked.update.status == "ignored":
                kept = await set_aside(tx, kept, now)
            elif asked.update.status == "identified":
                kept = await want_again(tx, kept, now)
            await tx.counts.renew_around([], [asked.id])
        return kept.missing_book

    async def create_author(self, asked: CreateAuthor) -> Author:
        async with self._transaction() as tx:
            await tx.lock()
            await _author_name_is_free(tx, asked.entry.name)
            author_id = await tx.watched.add_author(asked.entry)
            return _there(await tx.lists.author(author_id), f"author {author_id}")

    async def update_author(self, asked: UpdateAuthor) -> Author:
        async with self._transaction() as tx:
            await tx.lock()
            author = await _watched(tx, BibliographyOf.AUTHOR, asked.id)
            if asked.update.name is not None and asked.update.name != author.name:
                _may_be_named(author)
                await _author_name_is_free(tx, asked.update.name, but=asked.id)
                await tx.watched.name_author(asked.id, asked.update.name)
            if asked.update.followed is not None:
                await tx.watched.follow(asked.id, asked.update.followed)
            return _there(await tx.lists.author(asked.id), f"author {asked.id}")

    async def delete_author(self, asked: DeleteAuthor) -> Author:
        async with self._transaction() as tx:
            await tx.lock()
            _may_go(await _watched(tx, BibliographyOf.AUTHOR, asked.id))
            author = _there(await tx.lists.author(asked.id), f"author {asked.id}")
            gaps = await tx.missing_books.of_author(asked.id)
            own = [kept for kept in gaps if kept.missing_book.reason is MissingReason.AUTHOR_GAP]
            await self._close(tx, own, f"the author {author.name} was taken out")
            await tx.watched.delete(BibliographyOf.AUTHOR, asked.id)
        return author

    async def author_statistics(self, asked: GetAuthorStatistics) -> AuthorStatistics:
        async with self._transaction() as tx:
            return _there(await tx.watched.statistics(asked.id), f"author {asked.id}")

    async def create_series(self, asked: CreateSeries) -> Series:
        async with self._transaction() as tx:
            await tx.lock()
            await _series_name_is_free(tx, asked.entry.name, asked.entry.authors)
            series_id = await tx.watched.add_series(asked.entry)
            return _there(await tx.lists.one_series(series_id), f"series {series_id}")

    async def update_series(self, asked: UpdateSeries) -> Series:
        async with self._transaction() as tx:
            await tx.lock()
            watched = await _watched(tx, BibliographyOf.SERIES, asked.id)
            series = _there(await tx.lists.one_series(asked.id), f"series {asked.id}")
            if asked.update.name is not None and asked.update.name != series.name:
                _may_be_named(watched)
                await _series_name_is_free(tx, asked.update.name, series.authors, but=asked.id)
                await tx.watched.name_series(asked.id, asked.update.name)
            if asked.update.monitored is not None:
                await tx.watched.monitor(asked.id, asked.update.monitored)
            if asked.update.monitored is False:
                await self._close(tx, await tx.missing_books.of_series(asked.id), "the series is not monitored")
            return _there(await tx.lists.one_series(asked.id), f"series {asked.id}")

    async def delete_series(self, asked: DeleteSeries) -> Series:
        async with self._transaction() as tx:
            await tx.lock()
            _may_go(await _watched(tx, BibliographyOf.SERIES, asked.id))
            series = _there(await tx.lists.one_series(asked.id), f"series {asked.id}")
            await self._close(tx, await tx.missing_books.of_series(asked.id), f"the series {series.name} was taken out")
            await tx.watched.delete(BibliographyOf.SERIES, asked.id)
        return series

    async def _close(self, tx: Transaction, gaps: Iterable[KeptMissing], why: str) -> None:
        """Close gaps, but for what is on its way already."""
        closing = [kept for kept in gaps if kept.missing_book.status is not MissingStatus.DOWNLOADING]
        for kept in closing:
            await close_as_no_gap(tx, kept, why, self._clock.now())
        await tx.counts.renew_around([], [kept.missing_book.id for kept in closing])


async def _watched(tx: Transaction, of: BibliographyOf, row_id: UUID) -> WatchedOne:
    return _there(await tx.watched.one(of, row_id), f"{of} {row_id}")


async def _author_name_is_free(tx: Transaction, name: str, *, but: UUID | None = None) -> None:
    found = await tx.watched.author_named(name)
    if found is not None and found != but:
        raise AlreadyThere(f"the library knows an author of this name: /api/authors/{found}")


async def _series_name_is_free(tx: Transaction, name: str, authors: list[str], *, but: UUID | None = None) -> None:
    found = await tx.watched.series_named(name, authors)
    if found is not None and found != but:
        raise AlreadyThere(f"these authors have a series of this name: /api/series/{found}")


def _may_be_named(one: WatchedOne) -> None:
    if not one.by_hand or one.has_books:
        raise NotByHand(f"“{one.name}” is named by its books: change them, and the next scan takes it over")


def _may_go(one: WatchedOne) -> None:
    if one.has_books:
        raise HasBooks(f"the library has books of “{one.name}”: it goes when they do")


def _there(found: Found | None, what: str) -> Found:
    if found is None:
        raise NotFound(f"the library knows no {what}")
    return found
