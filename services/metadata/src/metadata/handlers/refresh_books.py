"""Puts books through the metadata pipeline: ask, judge, choose, and have the library write what is sure."""

import asyncio
from collections.abc import Sequence
from importlib.metadata import version
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import ServiceAway, TryAgainLater
from shared.contracts.library.books import Book
from shared.contracts.metadata.refreshes import RefreshBook, RefreshBooks

from metadata.domain.confidence import Judgement, overall
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata.domain.fingerprints import fingerprint
from metadata.domain.ports import Decision, Library
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions
from metadata.workflow.provider_lookup import AskingProviders
from metadata.workflow.refresh_outcomes import Outcome, RememberingOutcomes

LIBRARY_AWAY_SECONDS = 15.0
REMEMBERED_EVERY_SECONDS = 2.0
"""What is ready by then is stored in one transaction; so much is done again after a kill."""


class RefreshingBooks:
    """The pipeline. The books of a message are looked up side by side. What is remembered is not done again when the
    message comes again."""

    def __init__(
        self,
        transaction: Transactions,
        library: Library,
        registry: Registry,
        remembering: RememberingOutcomes,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._registry = registry
        self._asking = AskingProviders(registry.enabled, patient=True)
        self._remembering = remembering
        self._clock = clock
        self._rules = (version("gapless-metadata"), *(f"{each.provider} {each.weight}" for each in registry.named))
        self._rules += tuple(f"{each.provider.name} {registry.access[each.provider.name]}" for each in registry.enabled)

    async def refresh_book(self, command: RefreshBook) -> None:
        """One book."""
        told = command.model_dump(exclude={"book_id"})
        await self.refresh_books(RefreshBooks(book_ids=[command.book_id], **told))

    async def refresh_books(self, command: RefreshBooks) -> None:
        """Every item of the run is settled whatever comes of it."""
        async with self._transaction() as tx:
            wanted = await tx.runs.unsettled(command.run_id, [str(each) for each in command.book_ids])
            decided = {} if command.anew else await tx.decisions.of_books(command.book_ids, self._clock.now())
        if not wanted:
            return
        books = await self._known(command, [UUID(each) for each in wanted])
        prints = {book.id: fingerprint(book, self._rules, fill_only=command.fill_only) for book in books}
        unchanged = {each: decision for each, decision in decided.items() if decision.fingerprint == prints.get(each)}
        await self._remembering.remember(
            command, [self._as_before(book, unchanged[book.id]) for book in books if book.id in unchanged]
        )
        await self._look_up(command, [(book, prints[book.id]) for book in books if book.id not in unchanged])

    async def _known(self, command: RefreshBooks, wanted: Sequence[UUID]) -> list[Book]:
        """The books of which the library knows; the others are settled."""
        try:
            books = {book.id: book for book in await self._library.books_by_id(wanted)}
        except ServiceAway as away:
            raise TryAgainLater(LIBRARY_AWAY_SECONDS, away.detail) from away
        gone = [str(each) for each in wanted if each not in books]
        if gone:
            await self._remembering.gone(command, gone)
        return list(books.values())

    async def _look_up(self, command: RefreshBooks, books: Sequence[tuple[Book, str]]) -> None:
        """Remember what is ready every other second. A book that fails holds up none of the others."""
        pending = {asyncio.create_task(self._outcome(book, print_, command)) for book, print_ in books}
        failed: list[BaseException] = []
        try:
            while pending:
                done, pending = await asyncio.wait(pending, timeout=REMEMBERED_EVERY_SECONDS)
                failed += [error for each in done if (error := each.exception()) is not None]
                ready = [each.result() for each in done if each.exception() is None]
                if ready and not await self._remembering.remember(command, ready):
                    return
        finally:
            for each in pending:
                each.cancel()
        if failed:
            raise failed[0]

    async def _outcome(self, book: Book, print_: str, command: RefreshBooks) -> Outcome:
        judgement = Judgement(of_book(book))
        answers = await self._asking.about(judgement)
        judged = judgement(answers.entries)
        changes = choose(
            book,
            judged,
            self._registry.weight_of,
            fill_only=command.fill_only,
            all_answered=not answers.failures,
        )
        decision = None
        if not changes and not answers.failures and answers.believed_until:
            decision = Decision(book.id, print_, overall(judged), answers.believed_until)
        return Outcome(book, overall(judged), changes, answers.answered, answers.failures, decision)

    def _as_before(self, book: Book, decision: Decision) -> Outcome:
        """Nothing changed since it was decided that nothing is to be changed."""
        return Outcome(book, decision.confidence, [], [each.provider.name for each in self._registry.enabled], {}, None)
