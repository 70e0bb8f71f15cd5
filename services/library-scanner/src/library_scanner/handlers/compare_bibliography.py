"""Compares a bibliography with the owned books: gaps become missing books, those that are none are closed."""

import asyncio
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.rollback import taken_back
from shared.contracts.library.books import BookStatus
from shared.contracts.library.missing_books import MissingBookIdentified, OwnedBookGone
from shared.contracts.metadata.bibliographies import BibliographyCollected, BibliographyOf
from shared.contracts.runs import PlannedAction
from shared.contracts.values import MissingReason, MissingStatus

from library_scanner.domain.answer_checks import Soundness, soundness_of
from library_scanner.domain.comparison import Comparison, GapRules, compare_with_owned, without_unmonitored
from library_scanner.domain.item_matching import identified, renewed, same_missing
from library_scanner.domain.missing_book import KeptMissing, description_of
from library_scanner.domain.owned_index import OwnedShelf
from library_scanner.domain.ports import OwnedBook, Subject, Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_as_no_gap, close_as_owned

SHELF_KEPT_SECONDS = 40.0
"""How long the index of the owned books stays in memory after a comparison."""
BOOKS_READ_AT_ONCE = 250
"""So many are read in some ten milliseconds, in which the service does nothing else."""
BOOKS_INDEXED_AT_ONCE = 8
"""So many take some three milliseconds, then it is others' turn. A thread would slow every call down for all the time:
both need the interpreter, and each system call of the loop would wait for it anew."""


class Comparing:
    """Finds the gaps in one series or author at a time; may hear the same bibliography twice."""

    def __init__(
        self,
        transaction: Transactions,
        clock: Clock,
        *,
        languages: tuple[str, ...],
        series_max_missing: int,
        author_max_missing: int,
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._languages = languages
        self._max_missing = {BibliographyOf.SERIES: series_max_missing, BibliographyOf.AUTHOR: author_max_missing}
        self._shelf: OwnedShelf | None = None
        self._dropping: asyncio.TimerHandle | None = None
        self._shelving = asyncio.Lock()

    async def compare(self, collected: BibliographyCollected) -> None:
        async with self._transaction() as tx:
            subject = await tx.subjects.get(collected.of, collected.subject_id)
            dry_run_id = collected.run_id if await tx.dry_runs.is_one(collected.run_id) else None
            if subject is None or not subject.monitored:
                words = f"the library has no {collected.of} {collected.subject_id} any more, or nobody watches it"
                plan = partial(tx.dry_runs.details, dry_run_id) if dry_run_id else None
                await tx.runs.settle(collected.run_id, str(collected.subject_id), words=words, details=plan)
                return
            unmonitored = await tx.watched.unmonitored_keys() if subject.of is BibliographyOf.AUTHOR else ()
        sound = soundness_of(subject, collected)
        shelf = await self._current_shelf()
        today, most = self._clock.now().date(), self._max_missing[collected.of]
        rules = GapRules(self._languages, today, most, collected.least_owned)
        comparison = await asyncio.to_thread(
            compare_with_owned, subject, collected.works, shelf.shelf, rules, shelf.gone
        )
        comparison = without_unmonitored(comparison, unmonitored)
        if dry_run_id is not None:
            await self._only_plan(dry_run_id, subject, comparison, sound, shelf)
            return
        async with self._transaction() as tx:
            await tx.lock()
            await self._remember(tx, subject, comparison, sound, shelf, now=self._clock.now())
            item = str(collected.subject_id)
            await tx.runs.settle(collected.run_id, item, succeeded=sound.problem is None, words=sound.problem)

    async def _only_plan(
        self, run_id: UUID, subject: Subject, comparison: Comparison, sound: Soundness, shelf: OwnedShelf
    ) -> None:
        """Do it all in a transaction that is taken back, and tell what it would have changed."""
        now = self._clock.now()
        async with taken_back(self._transaction) as tx:
            await tx.lock()
            touched = await self._remember(tx, subject, comparison, sound, shelf, now=now)
        actions = [_planned(kept, subject, now) for kept in touched]
        async with self._transaction() as tx:
            await tx.lock()
            await tx.dry_runs.add(run_id, str(subject.id), actions)
            await tx.runs.settle(
                run_id,
                str(subject.id),
                succeeded=sound.problem is None,
                words=sound.problem,
                details=partial(tx.dry_runs.details, run_id),
            )

    async def _remember(
        self,
        tx: Transaction,
        subject: Subject,
        comparison: Comparison,
        sound: Soundness,
        shelf: OwnedShelf,
        *,
        now: datetime,
    ) -> list[KeptMissing]:
        touched = await _keep_gaps(tx, subject, comparison, now)
        if sound.may_close:
            touched += await _close_others(tx, subject, comparison, shelf, now)
        at = now if sound.answered else None
        await tx.subjects.checked(subject, at=at, problem=sound.problem, providers=sound.evidence_providers)
        series_ids = {kept.missing_book.series_id for kept in touched}
        author_ids = {kept.missing_book.author_id for kept in touched}
        (series_ids if subject.of is BibliographyOf.SERIES else author_ids).add(subject.id)
        await tx.counts.renew([each for each in series_ids if each], [each for each in author_ids if each])
        return touched

    async def _current_shelf(self) -> OwnedShelf:
        """The owned books, indexed; kept while comparisons follow each other and no book changes."""
        async with self._shelving:
            if self._dropping is not None:
                self._dropping.cancel()
            async with self._transaction() as tx:
                version = await tx.books.version()
            if self._shelf is None or self._shelf.version != version:
                self._shelf = None
                self._shelf = await self._read_shelf(version)
            self._dropping = asyncio.get_running_loop().call_later(SHELF_KEPT_SECONDS, self._drop_shelf)
            return self._shelf

    async def _read_shelf(self, version: tuple[datetime | None, int]) -> OwnedShelf:
        """Read the books page by page: a whole library at once would stop everything else for seconds.

        A book that changes meanwhile changes the version too, so that the next comparison reads them again.
        """
        shelf = OwnedShelf(version)
        for status, add in ((BookStatus.ACTIVE, shelf.add), (BookStatus.ARCHIVED, shelf.add_gone)):
            last: UUID | None = None
            while page := await self._page(status, last):
                for place in range(0, len(page), BOOKS_INDEXED_AT_ONCE):
                    add(page[place : place + BOOKS_INDEXED_AT_ONCE])
                    await asyncio.sleep(0)
                last = page[-1].id
        return shelf

    async def _page(self, status: BookStatus, after: UUID | None) -> list[OwnedBook]:
        async with self._transaction() as tx:
            return await tx.books.described(status, after, BOOKS_READ_AT_ONCE)

    def _drop_shelf(self) -> None:
        self._shelf = self._dropping = None


def _planned(kept: KeptMissing, subject: Subject, now: datetime) -> PlannedAction:
    missing = kept.missing_book
    if kept.awaits_answer:
        kind = "ask_person"
    else:
        kind = "close_gap" if not kept.is_open else "identify_gap" if missing.identified_at == now else "change_gap"
    words = f"by comparing with the works of the {subject.of} “{subject.name}”"
    return PlannedAction(kind=kind, what=f"{missing.title} by {', '.join(missing.authors)}", words=words)


async def _keep_gaps(tx: Transaction, subject: Subject, comparison: Comparison, now: datetime) -> list[KeptMissing]:
    """Keep the gaps; returns the missing books that are new or changed."""
    touched: list[KeptMissing] = []
    names = {name for gap in comparison.gaps for name in (*gap.editions.authors, *subject.authors)}
    known = await tx.missing_books.near(names, [each for gap in comparison.gaps for each in gap.catalogue_ids])
    for gap in comparison.gaps:
        authors = gap.editions.authors or subject.authors
        author_id = await tx.missing_books.author_id(authors[0]) if authors else None
        found = identified(gap, subject, new_id=uuid4(), author_id=author_id, now=now)
        before = same_missing(gap, subject, known)
        after = found
        if before is not None:
            after = renewed(before, found, book_is_there=await _book_is_there(tx, before))
        if after is not before:
            await tx.missing_books.save(after)
            known = [after, *(kept for kept in known if kept is not before)]
            touched.append(after)
        if after.is_open and (before is None or not before.is_open):
            again = "" if before is None else " again"
            words = f"missing{again}, by comparing with the works of the {subject.of} “{subject.name}”"
            await tx.history.note("compared", words, now, missing_book_id=after.missing_book.id)
            tx.announce(MissingBookIdentified(missing_book=after.missing_book))
        if after.awaits_answer and (before is None or not before.awaits_answer):
            words = "it was owned and is gone: not searched until a person says that it is wanted again"
            await tx.history.note("was_owned", words, now, missing_book_id=after.missing_book.id)
            tx.announce(OwnedBookGone(missing_book=after.missing_book))
    return touched


async def _book_is_there(tx: Transaction, kept: KeptMissing) -> bool:
    if kept.missing_book.book_id is None:
        return False
    book = await tx.books.by_id(kept.missing_book.book_id)
    return book is not None and book.book.status is BookStatus.ACTIVE


async def _close_others(
    tx: Transaction, subject: Subject, comparison: Comparison, shelf: OwnedShelf, now: datetime
) -> list[KeptMissing]:
    """Close what is owned, or what the catalogue says is no gap; what the catalogue does not name stays as it is."""
    closed: list[KeptMissing] = []
    for kept in await _to_judge(tx, subject):
        if comparison.has(kept.catalogue_ids):
            continue
        owned = shelf.owner(description_of(kept.missing_book))
        words = next((comparison.left_out[each] for each in kept.catalogue_ids if each in comparison.left_out), None)
        if owned is not None:
            await close_as_owned(tx, kept, owned, words or "it is in the library", now)
            closed.append(kept)
        elif words is not None and kept.missing_book.status is not MissingStatus.DOWNLOADING:
            await close_as_no_gap(tx, kept, words, now)
            closed.append(kept)
    return closed


async def _to_judge(tx: Transaction, subject: Subject) -> list[KeptMissing]:
    """A series judges its own gaps, an author those that no series has."""
    if subject.of is BibliographyOf.SERIES:
        return await tx.missing_books.of_series(subject.id)
    of_author = await tx.missing_books.of_author(subject.id)
    return [kept for kept in of_author if kept.missing_book.reason is MissingReason.AUTHOR_GAP]
