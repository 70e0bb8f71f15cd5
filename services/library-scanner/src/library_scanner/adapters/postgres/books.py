"""Stores the books."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.books.text.identifiers import asin, isbn13
from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.books import Book, BookEntry, BookStatus
from shared.contracts.values import Confidence, MatchDecision
from sqlalchemy import RowMapping, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, SIBLING, book_of, row_of, sibling_of, stored_of
from library_scanner.adapters.postgres.tables import BOOK_AUTHORS, BOOKS
from library_scanner.domain.books_in_item import descriptions_of
from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.joint_series import Sibling
from library_scanner.domain.owned import describe
from library_scanner.domain.ports import BookChanges, KnownMark, OwnedBook

_IN_ABS = and_(BOOKS.c.status == BookStatus.ACTIVE, BOOKS.c.abs_id.is_not(None))
_OWNER = func.coalesce(BOOKS.c.authors[1], func.regexp_replace(BOOKS.c.path, "/?[^/]*$", ""))

_CHANGES = text(
    """
    select cast(txid_current_snapshot() as text),
        (select count(*) from library.books where status <> 'duplicate'),
        array(
            select id from library.books
            where changed_in >= txid_snapshot_xmin(cast(:since as txid_snapshot))
                and changed_in < txid_snapshot_xmax(txid_current_snapshot())
                and not txid_visible_in_snapshot(changed_in, cast(:since as txid_snapshot))
        )
    """
)
"""One statement, so that all of it is of one snapshot. A restored backup has transactions of another server, whose
numbers may be higher than that of any transaction of this one: they are no changes."""

_NOT_SAVED = ("id", "reading_version", "match_confidence", "match_decision", "checked_at", "changed_in")


class Books:
    """The books within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def marks(self) -> dict[str, KnownMark]:
        """Return the last known state of each item, by its id in Audiobookshelf."""
        columns = (
            BOOKS.c.abs_id,
            BOOKS.c.id,
            BOOKS.c.abs_updated_ms,
            BOOKS.c.status,
            BOOKS.c.path,
            BOOKS.c.files_missing_since,
        )
        rows = await self._session.execute(select(*columns).where(BOOKS.c.abs_id.is_not(None)))
        return {
            row[0]: KnownMark(row[1], row[2], row[3] != BookStatus.ARCHIVED, row[4], row[5] is not None) for row in rows
        }

    async def abs_ids_by(self, author_ids: Sequence[UUID]) -> set[str]:
        """Return the Audiobookshelf ids of the books by these authors."""
        by_author = select(BOOK_AUTHORS.c.book_id).where(is_one_of(BOOK_AUTHORS.c.author_id, author_ids))
        wanted = select(BOOKS.c.abs_id).where(BOOKS.c.id.in_(by_author), BOOKS.c.abs_id.is_not(None))
        return set(await self._session.scalars(wanted))

    async def by_abs_ids(self, abs_ids: Sequence[str]) -> dict[str, StoredBook]:
        """Return the books of these items by Audiobookshelf id, and lock them."""
        rows = await self._session.execute(select(BOOKS).where(is_one_of(BOOKS.c.abs_id, abs_ids)).with_for_update())
        return {row["abs_id"]: stored_of(row) for row in rows.mappings()}

    async def by_id(self, book_id: UUID) -> StoredBook | None:
        """Return one book, or None, and lock it."""
        return self._one(await self._session.execute(select(BOOKS).where(BOOKS.c.id == book_id).with_for_update()))

    async def by_path(self, path: str) -> StoredBook | None:
        """Return the active book at a path below the library folder, or None."""
        wanted = select(BOOKS).where(BOOKS.c.path == path, BOOKS.c.status == BookStatus.ACTIVE).limit(1)
        return self._one(await self._session.execute(wanted))

    async def at_paths(self, paths: Sequence[str]) -> list[StoredBook]:
        """Return the books of Audiobookshelf at these paths that are not archived, and lock them."""
        wanted = select(BOOKS).where(
            is_one_of(BOOKS.c.path, paths), BOOKS.c.abs_id.is_not(None), BOOKS.c.status != BookStatus.ARCHIVED
        )
        rows = await self._session.execute(wanted.with_for_update())
        return [stored_of(row) for row in rows.mappings()]

    async def owners(self, named: Collection[str] | None) -> dict[str, int]:
        """Return the number of books of each named owner, or of all owners; see `joint_series.owner_of`."""
        wanted = select(_OWNER, func.count()).where(_IN_ABS).group_by(_OWNER).order_by(_OWNER)
        rows = await self._session.execute(wanted if named is None else wanted.where(is_one_of(_OWNER, named)))
        return {row[0]: row[1] for row in rows}

    async def owners_read_before(self, version: int) -> set[str]:
        """Return the owners of books whose series was last read with an earlier version of the reading rules."""
        outdated = select(_OWNER).where(_IN_ABS, BOOKS.c.reading_version < version).distinct()
        return set(await self._session.scalars(outdated))

    async def mark_read(self, owners: Sequence[str], version: int) -> None:
        """Store the version of the reading rules with which the books of these owners were read."""
        unread = and_(_IN_ABS, is_one_of(_OWNER, owners), BOOKS.c.reading_version != version)
        await self._session.execute(update(BOOKS).where(unread).values(reading_version=version))

    async def siblings(self, owners: Sequence[str]) -> list[Sibling]:
        """Return the texts of all books of these owners."""
        rows = await self._session.execute(
            select(*SIBLING).where(_IN_ABS, is_one_of(_OWNER, owners)).order_by(BOOKS.c.id)
        )
        return [sibling_of(row) for row in rows.mappings()]

    async def by_ids(self, ids: Collection[UUID]) -> list[StoredBook]:
        """Return these books and lock them."""
        rows = await self._session.execute(select(BOOKS).where(is_one_of(BOOKS.c.id, ids)).with_for_update())
        return [stored_of(row) for row in rows.mappings()]

    async def save(self, books: Sequence[StoredBook]) -> None:
        """Insert or update books."""
        if not books:
            return
        statement = insert(BOOKS)
        saved = [name for name in BOOKS.c.keys() if name not in _NOT_SAVED]  # noqa: SIM118
        values: dict[str, Any] = {name: statement.excluded[name] for name in saved}
        values["changed_in"] = func.txid_current()
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=[BOOKS.c.id], set_=values),
            [row_of(book) for book in books],
        )

    async def record_refresh(self, book_id: UUID, confidence: Confidence, now: datetime) -> None:
        """Store when the metadata of a book was last refreshed, and how surely it was found at a provider."""
        refreshed = {"last_metadata_update_at": now, "match_confidence": confidence.value}
        await self._session.execute(update(BOOKS).where(BOOKS.c.id == book_id).values(refreshed))

    async def never_refreshed(self, added_after: datetime, limit: int) -> list[UUID]:
        """Return books of Audiobookshelf added after this time that were never refreshed, the newest first."""
        new = (_IN_ABS, BOOKS.c.added_at > added_after, BOOKS.c.last_metadata_update_at.is_(None))
        wanted = select(BOOKS.c.id).where(*new).order_by(BOOKS.c.added_at.desc(), BOOKS.c.id).limit(limit)
        return list(await self._session.scalars(wanted))

    async def record_match(self, book_id: UUID, decision: MatchDecision | None) -> None:
        """Store what a person decided about the match of a book. Nothing else of the book changes."""
        decided = {"match_decision": decision.value if decision else None}
        await self._session.execute(update(BOOKS).where(BOOKS.c.id == book_id).values(decided))

    async def archive(self, ids: Sequence[UUID], now: datetime) -> list[UUID]:
        """Archive books and return the ids of those that were not archived before."""
        archived = await self._session.execute(
            update(BOOKS)
            .where(is_one_of(BOOKS.c.id, ids), BOOKS.c.status != BookStatus.ARCHIVED)
            .values(status=BookStatus.ARCHIVED, updated_at=now, changed_in=func.txid_current())
            .returning(BOOKS.c.id)
        )
        return list(archived.scalars())

    async def similar_to(self, entries: Sequence[BookEntry]) -> list[StoredBook]:
        """Return the books, except archived ones, with the title, ISBN or ASIN of one of these entries."""
        titles = {entry.title.lower() for entry in entries}
        isbns = {number for entry in entries for number in (entry.isbn, isbn13(entry.isbn)) if number}
        asins = {found for entry in entries if (found := asin(entry.asin))}
        alike = or_(func.lower(BOOKS.c.title).in_(titles), BOOKS.c.isbn.in_(isbns), BOOKS.c.asin.in_(asins))
        rows = await self._session.execute(select(BOOKS).where(alike, BOOKS.c.status != BookStatus.ARCHIVED))
        return [stored_of(row) for row in rows.mappings()]

    async def entered_by_hand(self, isbns: Sequence[str], asins: Sequence[str]) -> list[StoredBook]:
        """Return the books entered by hand that have one of these numbers, and lock them."""
        alike = or_(BOOKS.c.isbn.in_(isbns), BOOKS.c.asin.in_(asins))
        rows = await self._session.execute(select(BOOKS).where(BOOKS.c.abs_id.is_(None), alike).with_for_update())
        return [stored_of(row) for row in rows.mappings()]

    async def delete(self, book_id: UUID) -> None:
        """Delete a book."""
        await self._session.execute(delete(BOOKS).where(BOOKS.c.id == book_id))

    async def descriptions(self, status: BookStatus, after: UUID | None, limit: int) -> list[OwnedBook]:
        """Describe the next `limit` books of a status in order of id, and the books within their items."""
        wanted = select(*SHOWN).where(BOOKS.c.status == status).order_by(BOOKS.c.id).limit(limit)
        rows = await self._session.execute(wanted if after is None else wanted.where(BOOKS.c.id > after))
        return [each for row in rows.mappings() for each in _described(book_of(row))]

    async def described(self, ids: Collection[UUID]) -> dict[BookStatus, list[OwnedBook]]:
        """Describe these books by status, and the books within their items. Unknown ids are skipped."""
        rows = await self._session.execute(select(*SHOWN).where(is_one_of(BOOKS.c.id, ids)).order_by(BOOKS.c.id))
        found: dict[BookStatus, list[OwnedBook]] = defaultdict(list)
        for row in rows.mappings():
            book = book_of(row)
            found[book.status] += _described(book)
        return found

    async def changes(self, since: str | None) -> BookChanges:
        """Return what changed since a version, or only the present version and the number of books.

        A version is a snapshot of Postgres, which names the transactions that were not committed yet. So a change is
        found even if its transaction began before the version and was committed after it.
        """
        row = (await self._session.execute(_CHANGES, {"since": since})).one()
        return BookChanges(row[0], row[1], frozenset(row[2]))

    async def indexed_ids(self) -> set[UUID]:
        """Return the ids of the active and archived books."""
        return set(await self._session.scalars(select(BOOKS.c.id).where(BOOKS.c.status != BookStatus.DUPLICATE)))

    async def files_missing_since(self, moment: datetime) -> list[str]:
        """Return the Audiobookshelf ids of the books, except archived ones, whose files were missing at that time."""
        overdue = select(BOOKS.c.abs_id).where(
            BOOKS.c.files_missing_since <= moment,
            BOOKS.c.status != BookStatus.ARCHIVED,
            BOOKS.c.abs_id.is_not(None),
        )
        return list(await self._session.scalars(overdue))

    def _one(self, rows: Any) -> StoredBook | None:
        row: RowMapping | None = rows.mappings().first()
        return None if row is None else stored_of(row)


def _described(book: Book) -> list[OwnedBook]:
    return [OwnedBook(book.id, each) for each in descriptions_of(book, describe(book))]
