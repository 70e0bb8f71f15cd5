"""The pictures that providers showed, by which placeholders are recognized."""

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from metadata.adapters.postgres.tables import SeenPictureRow
from metadata.domain.covers import ShownFor

MAX_BOOKS = 20


class StoredPictures:
    """Stores the digest of each picture with the books for which it was shown."""

    def __init__(self, transaction: Transactions[Transaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def record(self, digest: str, book: ShownFor) -> list[ShownFor]:
        """Record that a picture is shown for a book. Return the books for which it is shown, at most twenty."""
        seen = {"digest": digest, "title": book.title, "author": book.author, "seen_at": self._clock.now()}
        adding = insert(SeenPictureRow).values(seen)
        newer = {"seen_at": adding.excluded.seen_at}
        shown = select(SeenPictureRow.title, SeenPictureRow.author).where(SeenPictureRow.digest == digest)
        async with self._transaction() as tx:
            await tx.session.execute(
                adding.on_conflict_do_update(index_elements=["digest", "title", "author"], set_=newer)
            )
            rows = await tx.session.execute(shown.order_by(SeenPictureRow.seen_at.desc()).limit(MAX_BOOKS))
            return [ShownFor(row.title, row.author) for row in rows]
