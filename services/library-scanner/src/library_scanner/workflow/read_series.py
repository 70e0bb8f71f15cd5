"""Reads the series of books together with those of their siblings."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from shared.books.series.library_reading import READING_VERSION
from shared.chassis.clock import Clock
from shared.contracts.library.books import BookChanged

from library_scanner.domain.joint_series import reread_series
from library_scanner.domain.transaction import Transaction


async def read_series_of(tx: Transaction, owners: Sequence[str], clock: Clock) -> int:
    """Read the series of all books of these owners again; store and announce the changes. Returns how many changed."""
    await tx.lock()
    found = await asyncio.to_thread(reread_series, await tx.books.siblings(owners))
    await tx.books.mark_read(owners, READING_VERSION)
    if not found:
        return 0
    changed = []
    for stored in await tx.books.by_ids(found):
        series = found[stored.book.id]
        read = {
            "series": list(series.places),
            "series_evidence": series.evidence,
            "series_in_abs": stored.series_in_abs if series.evidence else [],
            "updated_at": clock.now(),
        }
        changed.append(replace(stored, book=stored.book.model_copy(update=read)))
    await tx.books.save(changed)
    await tx.links.replace([stored.book for stored in changed])
    for stored in changed:
        tx.announce(BookChanged(book=stored.book, fields=["series"]))
    return len(changed)
