"""Refreshes books: looks them up, judges the entries, chooses changes and has the library write them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceUnavailable, TryAgainLater
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import is_empty
from shared.contracts.metadata.matches import Match
from shared.contracts.metadata.proposals import ProposedChange
from shared.contracts.metadata.refreshes import RefreshBook, RefreshBooks
from shared.contracts.values import Confidence

from metadata.domain.fingerprints import fingerprint
from metadata.domain.genre_map import MappedGenres
from metadata.domain.listed_editions import listed_editions
from metadata.domain.ports import Decision, Library
from metadata.domain.proposals import CONFIDENCE_ORDER, change_of
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions
from metadata.workflow.book_matching import BookMatching, proposed_instead
from metadata.workflow.content_choice import ContentChoice
from metadata.workflow.decided_matches import DecidedMatches
from metadata.workflow.refresh_outcomes import Outcome, RefreshOutcomes

LIBRARY_AWAY_SECONDS = 15.0
STORE_EVERY_SECONDS = 2.0
"""Finished books are stored in one transaction at this interval. After a kill, this much work is repeated."""


@dataclass(frozen=True, slots=True)
class _ToJudge:
    """A book to look up, what a person decided about it, and the genre map."""

    book: Book
    match: Match | None
    fingerprint: str
    genres: MappedGenres


class RefreshBooksHandlers:
    """Handles `RefreshBook` and `RefreshBooks`. The books of a message are looked up concurrently.

    A redelivered message only does what was not stored before.
    """

    def __init__(  # noqa: PLR0913 - what refreshes books depends on
        self,
        transaction: Transactions,
        library: Library,
        registry: Registry,
        outcomes: RefreshOutcomes,
        clock: Clock,
        *,
        accept_confidence: Confidence = Confidence.HIGH,
        write_confidence: Confidence = Confidence.MEDIUM,
        contents: ContentChoice | None = None,
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._registry = registry
        self._matching = BookMatching(registry, patient=True)
        self._matches = DecidedMatches(transaction, library)
        self._outcomes = outcomes
        self._clock = clock
        self._accept_confidence = accept_confidence
        self._write_confidence = write_confidence
        self._contents = contents or ContentChoice(registry)
        self._rules = (
            version("gapless-metadata"),
            accept_confidence.value,
            write_confidence.value,
            *(f"{each.provider} {each.weight}" for each in registry.named),
            *(f"{each.provider.name} {registry.access[each.provider.name].address}" for each in registry.enabled),
        )

    async def refresh_book(self, command: RefreshBook) -> None:
        """Refresh one book. Raises `TryAgainLater` while the library is unavailable."""
        options = command.model_dump(exclude={"book_id"})
        await self.refresh_books(RefreshBooks(book_ids=[command.book_id], **options))

    async def refresh_books(self, command: RefreshBooks) -> None:
        """Refresh the books that are not settled in their run yet, and settle them.

        Raises `TryAgainLater` while the library is unavailable.
        """
        async with self._transaction() as tx:
            wanted = await tx.runs.unsettled(command.run_id, [str(each) for each in command.book_ids])
            decided = {} if command.anew else await tx.decisions.of_books(command.book_ids, self._clock.now())
            genres = MappedGenres(await tx.genre_map.get())
        if not wanted:
            return
        books = await self._fetch_books(command, [UUID(each) for each in wanted])
        matches = await self._decided_matches(books)
        rules = (*self._rules, genres.rule)
        prints = {
            book.id: fingerprint(book, rules, matches.get(book.id), fill_only=command.fill_only) for book in books
        }
        unchanged = {each: decision for each, decision in decided.items() if decision.fingerprint == prints.get(each)}
        await self._outcomes.store(
            command, [self._unchanged_outcome(book, unchanged[book.id]) for book in books if book.id in unchanged]
        )
        to_judge = [book for book in books if book.id not in unchanged]
        to_look_up = [_ToJudge(book, matches.get(book.id), prints[book.id], genres) for book in to_judge]
        await self._look_up(command, to_look_up)

    async def _fetch_books(self, command: RefreshBooks, wanted: Sequence[UUID]) -> list[Book]:
        """The books that are in the library. The others are settled as failed."""
        try:
            books = {book.id: book for book in await self._library.books_by_id(wanted)}
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        missing = [str(each) for each in wanted if each not in books]
        if missing:
            await self._outcomes.settle_missing(command, missing)
        return list(books.values())

    async def _decided_matches(self, books: Sequence[Book]) -> Mapping[UUID, Match]:
        try:
            return await self._matches.of_books(books)
        except ServiceUnavailable as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away

    async def _look_up(self, command: RefreshBooks, books: Sequence[_ToJudge]) -> None:
        """Store finished books every two seconds. A book that fails does not delay the others."""
        pending = {asyncio.create_task(self._outcome(each, command)) for each in books}
        failed: list[BaseException] = []
        try:
            while pending:
                done, pending = await asyncio.wait(pending, timeout=STORE_EVERY_SECONDS)
                failed += [error for each in done if (error := each.exception()) is not None]
                ready = [each.result() for each in done if each.exception() is None]
                if ready and not await self._outcomes.store(command, ready):
                    return
        finally:
            for each in pending:
                each.cancel()
        if failed:
            raise failed[0]

    async def _outcome(self, each: _ToJudge, command: RefreshBooks) -> Outcome:
        book = each.book
        matched = await self._matching.match(book, each.match, each.genres)
        changes = self._matching.changes(matched, fill_only=command.fill_only)
        changes += await self._contents.changes(book, matched.judged)
        plausible = self._matching.plausible(matched, changes)
        unwritten = [one for one in changes if not _is_as_sure(one.confidence, self._write_confidence)]
        accepted = [one for one in plausible or () if self._is_accepted(one, command)]
        changes = [*(one for one in changes if one not in unwritten), *map(change_of, accepted)]
        proposals = None
        if plausible is not None:
            proposals = [proposed_instead(book, one) for one in unwritten]
            proposals += [*(one for one in plausible if one not in accepted), *each.genres.changes(book)]
        answers = matched.answers
        decision = None
        if not changes and not answers.failures and answers.believed_until:
            decision = Decision(book.id, each.fingerprint, matched.confidence, answers.believed_until)
        editions = None if answers.failures else listed_editions(book, matched.judged)
        return Outcome(
            book, matched.confidence, changes, answers.answered, answers.failures, decision, proposals, editions
        )

    def _is_accepted(self, proposed: ProposedChange, command: RefreshBooks) -> bool:
        """Whether the settings let a plausible change be made, in a refresh that may make such changes."""
        return _is_as_sure(proposed.confidence, self._accept_confidence) and (
            is_empty(proposed.old) or not command.fill_only
        )

    def _unchanged_outcome(self, book: Book, decision: Decision) -> Outcome:
        """The outcome of a book for which a stored decision says that nothing needs to change."""
        return Outcome(book, decision.confidence, [], [each.provider.name for each in self._registry.enabled], {}, None)


def _is_as_sure(confidence: Confidence, least: Confidence) -> bool:
    return CONFIDENCE_ORDER.index(confidence) <= CONFIDENCE_ORDER.index(least)
