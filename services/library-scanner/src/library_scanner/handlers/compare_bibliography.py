"""Compares a bibliography with the owned books: stores its gaps as missing books and closes those that are not gaps."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.rollback import rolled_back
from shared.contracts.library.books import BookStatus
from shared.contracts.library.following import FollowMode
from shared.contracts.library.missing_books import MissingBookIdentified, OwnedBookGone
from shared.contracts.metadata.bibliographies import BibliographyCollected, BibliographyOf, ListSource
from shared.contracts.runs import PlannedAction
from shared.contracts.values import MissingReason, MissingStatus
from shared.translatable import title_by, translatable

from library_scanner.domain.bibliography_check import BibliographyCheck, check_bibliography
from library_scanner.domain.comparison import Comparison, Decisions, GapRules, compare_with_owned
from library_scanner.domain.following import FollowRules
from library_scanner.domain.missing_book import StoredMissingBook, description_of
from library_scanner.domain.missing_book_matching import find_missing_book, missing_book_from, update_missing_book
from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.ports import Subject
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_as_no_gap, close_as_owned
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.work_lists import entry_of, rulings_of

_OWNED = translatable("library.owned", "it is in the library")


class BibliographyCollectedHandler:
    """Finds the gaps of one series or author at a time. The same bibliography may arrive twice."""

    def __init__(
        self,
        transaction: Transactions,
        clock: Clock,
        index: CurrentIndex,
        *,
        languages: tuple[str, ...],
        series_max_missing: int,
        author_max_missing: int,
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._index = index
        self._languages = languages
        self._max_missing = {BibliographyOf.SERIES: series_max_missing, BibliographyOf.AUTHOR: author_max_missing}

    async def compare(self, collected: BibliographyCollected) -> None:
        """Store the gaps and settle the item of the run; a dry run only stores the plan."""
        async with self._transaction() as tx:
            subject = await tx.subjects.get(collected.of, collected.subject_id)
            dry_run_id = collected.run_id if await tx.dry_runs.contains(collected.run_id) else None
            if subject is None or subject.following.mode is FollowMode.NONE:
                of, subject_id = collected.of.value, str(collected.subject_id)
                words = f"the {of} {subject_id} was removed or is not followed"
                reason = translatable("run.not_followed", words, of=of, id=subject_id)
                plan = partial(tx.dry_runs.details, dry_run_id) if dry_run_id else None
                await tx.runs.settle(collected.run_id, str(collected.subject_id), words=reason, details=plan)
                return
            is_author = subject.of is BibliographyOf.AUTHOR
            restricted = await tx.watchlist.restricted_series() if is_author else {}
            rulings = await rulings_of(tx, subject, self._languages[0])
        check = check_bibliography(subject, collected)
        index = await self._index.get()
        today, max_missing = self._clock.now().date(), self._max_missing[collected.of]
        rules = GapRules(self._languages, today, max_missing, collected.least_owned)
        comparison = await asyncio.to_thread(
            compare_with_owned,
            subject,
            collected.works,
            index.owned,
            rules,
            index.archived,
            Decisions(FollowRules(subject.of, subject.following, restricted), rulings),
        )
        result = _Result(subject, comparison, check, index, collected.sources)
        if dry_run_id is not None:
            await self._plan(dry_run_id, result)
            return
        async with self._transaction() as tx:
            await tx.lock()
            await self._store(tx, result, self._clock.now())
            item = str(collected.subject_id)
            await tx.runs.settle(collected.run_id, item, succeeded=check.problem is None, words=check.problem)

    async def _plan(self, run_id: UUID, result: "_Result") -> None:
        """Store everything in a transaction that is rolled back, and add to the plan what it would have changed."""
        subject, check, now = result.subject, result.check, self._clock.now()
        async with rolled_back(self._transaction) as tx:
            await tx.lock()
            touched = await self._store(tx, result, now)
        actions = [_planned(stored, subject, now) for stored in touched]
        async with self._transaction() as tx:
            await tx.lock()
            await tx.dry_runs.add(run_id, str(subject.id), actions)
            await tx.runs.settle(
                run_id,
                str(subject.id),
                succeeded=check.problem is None,
                words=check.problem,
                details=partial(tx.dry_runs.details, run_id),
            )

    async def _store(self, tx: Transaction, result: "_Result", now: datetime) -> list[StoredMissingBook]:
        subject, check = result.subject, result.check
        touched, missing_ids = await _store_gaps(tx, subject, result.comparison, now)
        if check.may_close:
            touched += await _close_others(tx, subject, result.comparison, result.index, now)
        if check.may_close or (check.answered and await tx.work_lists.sources(subject.of, subject.id) is None):
            entries = [entry_of(each, subject.id, result.index, missing_ids) for each in result.comparison.entries]
            await tx.work_lists.replace(subject.of, subject.id, entries, result.sources, now)
        at = now if check.answered else None
        await tx.subjects.checked(subject, at=at, problem=check.problem, providers=check.evidence_providers)
        series_ids = {stored.missing_book.series_id for stored in touched}
        author_ids = {stored.missing_book.author_id for stored in touched}
        (series_ids if subject.of is BibliographyOf.SERIES else author_ids).add(subject.id)
        await tx.counts.update([each for each in series_ids if each], [each for each in author_ids if each])
        return touched


@dataclass(frozen=True, slots=True)
class _Result:
    """One comparison, and what is needed to store it."""

    subject: Subject
    comparison: Comparison
    check: BibliographyCheck
    index: LibraryIndex
    sources: Sequence[ListSource]


def _planned(stored: StoredMissingBook, subject: Subject, now: datetime) -> PlannedAction:
    missing = stored.missing_book
    if stored.awaits_answer:
        kind = "ask_person"
    elif stored.is_upcoming:
        kind = "announce_gap"
    else:
        kind = "close_gap" if not stored.is_open else "identify_gap" if missing.identified_at == now else "change_gap"
    of, name = subject.of.value, subject.name
    words = f"found by comparing the library with the works of the {of} “{name}”"
    reason = translatable("plan.compared", words, of=of, name=name)
    return PlannedAction.of(kind, title_by(missing.title, missing.authors), reason)


def _missing(subject: Subject) -> str:
    of, name = subject.of.value, subject.name
    words = f"missing, according to the works of the {of} “{name}”"
    return translatable("library.missing", words, of=of, name=name)


def _missing_again(subject: Subject) -> str:
    of, name = subject.of.value, subject.name
    words = f"missing again, according to the works of the {of} “{name}”"
    return translatable("library.missing_again", words, of=of, name=name)


async def _store_gaps(
    tx: Transaction, subject: Subject, comparison: Comparison, now: datetime
) -> tuple[list[StoredMissingBook], dict[str, UUID]]:
    """Store the gaps. Return the missing books that are new or changed, and all of them by catalogue id."""
    touched: list[StoredMissingBook] = []
    missing_ids: dict[str, UUID] = {}
    gaps = (*comparison.gaps, *comparison.upcoming)
    names = {name for gap in gaps for name in (*gap.editions.authors, *subject.authors)}
    known = await tx.missing_books.near(names, [each for gap in gaps for each in gap.catalogue_ids])
    for gap in gaps:
        authors = gap.editions.authors or subject.authors
        author_id = await tx.missing_books.author_id(authors[0]) if authors else None
        found = missing_book_from(gap, subject, new_id=uuid4(), author_id=author_id, now=now)
        before = find_missing_book(gap, subject, known)
        after = found
        if before is not None:
            after = update_missing_book(before, found, book_is_active=await _book_is_active(tx, before))
        if after is not before:
            await tx.missing_books.save(after)
            known = [after, *(stored for stored in known if stored is not before)]
            touched.append(after)
        missing_ids |= dict.fromkeys(gap.catalogue_ids, after.missing_book.id)
        if after.is_open and (before is None or not before.is_open):
            reason = _missing(subject) if before is None else _missing_again(subject)
            await tx.history.note("compared", reason, now, missing_book_id=after.missing_book.id)
            tx.announce(MissingBookIdentified(missing_book=after.missing_book))
        if after.is_upcoming and (before is None or not before.is_upcoming):
            when = gap.editions.release.words
            of, name = subject.of.value, subject.name
            words = f"announced, according to the works of the {of} “{name}”: it is released {when}"
            reason = translatable("library.announced", words, of=of, name=name, when=when)
            await tx.history.note("announced", reason, now, missing_book_id=after.missing_book.id)
        if after.awaits_answer and (before is None or not before.awaits_answer):
            words = "it was owned and is gone; it is not searched until a person wants it again"
            reason = translatable("library.was_owned", words)
            await tx.history.note("was_owned", reason, now, missing_book_id=after.missing_book.id)
            tx.announce(OwnedBookGone(missing_book=after.missing_book))
    return touched, missing_ids


async def _book_is_active(tx: Transaction, stored: StoredMissingBook) -> bool:
    if stored.missing_book.book_id is None:
        return False
    book = await tx.books.by_id(stored.missing_book.book_id)
    return book is not None and book.book.status is BookStatus.ACTIVE


async def _close_others(
    tx: Transaction, subject: Subject, comparison: Comparison, index: LibraryIndex, now: datetime
) -> list[StoredMissingBook]:
    """Close the missing books that are owned or excluded by the catalogue. Those that it does not name stay open."""
    closed: list[StoredMissingBook] = []
    for stored in await _closing_candidates(tx, subject):
        if comparison.has_gap(stored.catalogue_ids):
            continue
        owned = index.owner(description_of(stored.missing_book))
        reason = next((comparison.left_out[each] for each in stored.catalogue_ids if each in comparison.left_out), None)
        if owned is not None:
            await close_as_owned(tx, stored, owned, reason or _OWNED, now)
            closed.append(stored)
        elif reason is not None and _may_be_no_gap(stored):
            await close_as_no_gap(tx, stored, reason, now)
            closed.append(stored)
    return closed


def _may_be_no_gap(stored: StoredMissingBook) -> bool:
    """Whether a catalogue may close it. A download goes on, and a book of a person's list is wanted all the same."""
    missing = stored.missing_book
    return missing.status is not MissingStatus.DOWNLOADING and missing.reason is not MissingReason.LIST


async def _closing_candidates(tx: Transaction, subject: Subject) -> list[StoredMissingBook]:
    """The gaps of a series, or those of an author that belong to no series."""
    if subject.of is BibliographyOf.SERIES:
        return await tx.missing_books.of_series(subject.id)
    of_author = await tx.missing_books.of_author(subject.id)
    return [stored for stored in of_author if stored.missing_book.reason is MissingReason.AUTHOR_GAP]
