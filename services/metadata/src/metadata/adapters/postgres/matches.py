"""What persons decided about the identity of books. It is kept after a book is gone, because the item may return."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.books.text.identifiers import asin
from shared.chassis.traces import trace_id
from shared.contracts.library.books import Book
from shared.contracts.metadata.matches import Match
from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import MatchRow
from metadata.domain.matches import StoredMatch, asins_of
from metadata.domain.ports import Traced


class Matches:
    """The decisions, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def near(self, books: Sequence[Book]) -> list[StoredMatch]:
        """The decisions about these books, and those about books with the same folder or ASIN."""
        paths = [book.path for book in books if book.path]
        asins = [found for book in books if (found := asin(book.asin))]
        ours = [MatchRow.book_id.in_([book.id for book in books])]
        ours += [MatchRow.path.in_(paths)] if paths else []
        ours += [MatchRow.asins.overlap(asins)] if asins else []
        rows = await self._session.scalars(select(MatchRow).where(or_(*ours)).order_by(MatchRow.decided_at.desc()))
        return [StoredMatch(_model(row), row.path, frozenset(row.asins)) for row in rows]

    async def store(self, match: Match, book: Book) -> None:
        """Store a decision. It replaces an earlier one about the book."""
        columns = match.model_dump(mode="json", include={"entry"}) | match.model_dump(exclude={"entry"})
        row: dict[str, Any] = {
            **columns,
            "decision": match.decision.value,
            "path": book.path,
            "asins": asins_of(match, book),
            "trace_id": trace_id(),
        }
        adding = insert(MatchRow).values(row)
        newer = {name: adding.excluded[name] for name in row if name != "book_id"}
        await self._session.execute(adding.on_conflict_do_update(index_elements=["book_id"], set_=newer))

    async def move(self, match: Match, book: Book) -> bool:
        """Record that the decision is about this book and its folder. False if it was moved or deleted meanwhile."""
        found = await self._session.scalars(
            update(MatchRow)
            .where(MatchRow.book_id == match.book_id)
            .values(book_id=book.id, path=book.path)
            .returning(MatchRow.book_id)
        )
        return found.first() is not None

    async def remove(self, book_id: UUID) -> None:
        """Delete the decision about a book."""
        await self._session.execute(delete(MatchRow).where(MatchRow.book_id == book_id))

    async def of_books(self, book_ids: Sequence[UUID]) -> list[Traced[Match]]:
        """The decisions about these books."""
        rows = await self._session.scalars(select(MatchRow).where(MatchRow.book_id.in_(book_ids)))
        return [Traced(_model(row), row.trace_id) for row in rows]


def _model(row: MatchRow) -> Match:
    return Match.model_validate({name: getattr(row, name) for name in Match.model_fields})
