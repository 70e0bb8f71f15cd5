"""Shows the candidates of a book, and stores what a person decides about them."""

from dataclasses import replace

from shared.books.text.identifiers import asin, isbn13
from shared.chassis.clock import Clock
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.matches import (
    BookMatch,
    DecideMatch,
    ForgetMatch,
    GetMatch,
    Match,
    MatchCandidate,
    MatchChoice,
    MatchDecided,
    Reading,
)
from shared.contracts.metadata.proposals import ProposalKind
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.metadata.validation import FieldDifference
from shared.contracts.translatable import translatables
from shared.contracts.values import BookId, Confidence, MatchDecision
from shared.translatable import translatable

from metadata.domain.confidence import Judged, Judgement
from metadata.domain.decided_edition import changes_of_edition
from metadata.domain.descriptions import of_book
from metadata.domain.genre_map import MappedGenres
from metadata.domain.matches import is_decided, judged_by
from metadata.domain.ports import Library
from metadata.domain.provider_queries import questions_about
from metadata.domain.providers import Registry
from metadata.domain.refusals import InvalidMetadata, UndecidedMatch, UnknownBook, UnknownEdition, UnknownEntry
from metadata.domain.transactions import Transactions
from metadata.workflow.book_matching import BookMatching, MatchedBook, is_of_work
from metadata.workflow.decided_matches import DecidedMatches

FROM_PROVIDERS = (ProposalKind.PROVIDER_VALUE, ProposalKind.COVER, ProposalKind.CHAPTERS)
"""What providers propose depends on the match; what the library reads itself does not."""
MAX_CANDIDATES = 25
LONGEST_DESCRIPTION = 2_000
"""Characters of a candidate's description, so that an answer stays small."""


class MatchBookHandlers:
    """Answers `GetMatch`, `DecideMatch` and `ForgetMatch`. A decision holds until a person changes it."""

    def __init__(self, transaction: Transactions, library: Library, registry: Registry, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._registry = registry
        self._matching = BookMatching(registry)
        self._matches = DecidedMatches(transaction, library)
        self._clock = clock

    async def get(self, request: GetMatch) -> BookMatch:
        """The candidates, found and judged without the decision, so that a wrong decision can be corrected.

        Raises `UnknownBook`, and `ServiceUnavailable` while the library does not answer.
        """
        book = await self._book(request.book_id)
        decided = (await self._matches.of_books([book])).get(book.id)
        async with self._transaction() as tx:
            genres = MappedGenres(await tx.genre_map.get())
        matched = await self._matching.match(book, genres=genres)
        candidates = [replace(each, entry=genres.entry(each.entry)) for each in _with_decided(matched, decided)]
        return BookMatch(
            book_id=book.id,
            book_title=book.title,
            confidence=_confidence(matched, decided),
            decision=decided,
            readings=[Reading(title=each.title, authors=list(each.authors)) for each in questions_about(of_book(book))],
            candidates=[_candidate(book, each) for each in candidates[:MAX_CANDIDATES]],
            answered=list(matched.answers.answered),
            failures={name: each.words for name, each in matched.answers.failures.items()},
            translatable=translatables(
                **{f"failures.{name}": each.words for name, each in matched.answers.failures.items()}
            ),
        )

    async def decide(self, request: DecideMatch) -> Match:
        """Store the decision, close the proposals of the providers for the book, and refresh it.

        The refresh proposes again what still applies.
        Raises `UnknownBook`, `UnknownEntry`, `UnknownEdition`, `InvalidMetadata` if an identifier is invalid, and
        `ServiceUnavailable` while the library does not answer.
        """
        book = await self._book(request.book_id)
        match = await self._decision(book, request)
        async with self._transaction() as tx:
            await tx.matches.store(match, book)
            why = translatable("change.match_decided", "a person decided about the match of the book")
            await tx.proposals.outdate_of_book(book.id, FROM_PROVIDERS, why, match.decided_at)
            tx.announce(MatchDecided(book_id=book.id, decision=match.decision))
            tx.send(RefreshBook(book_id=book.id))
        return match

    async def forget(self, request: ForgetMatch) -> Match:
        """Delete the decision and refresh the book. The values that were written stay.

        Raises `UnknownBook`, `UndecidedMatch`, and `ServiceUnavailable` while the library does not answer.
        """
        book = await self._book(request.book_id)
        decided = (await self._matches.of_books([book])).get(book.id)
        if decided is None:
            raise UndecidedMatch(
                translatable(
                    "refused.match_undecided", f"nobody decided about the match of {book.title!r}", title=book.title
                )
            )
        async with self._transaction() as tx:
            await tx.matches.remove(book.id)
            tx.announce(MatchDecided(book_id=book.id))
            tx.send(RefreshBook(book_id=book.id, fill_only=True))
        return decided

    async def _book(self, book_id: BookId) -> Book:
        book = await self._library.book(book_id)
        if book is None:
            raise UnknownBook(translatable("refused.no_book", f"the library has no book {book_id}", id=str(book_id)))
        return book

    async def _decision(self, book: Book, request: DecideMatch) -> Match:
        choice = request.choice
        match = Match(
            book_id=book.id,
            book_title=book.title,
            decision=MatchDecision.UNMATCHED,
            reason=choice.reason,
            decided_by=request.decided_by,
            decided_at=self._clock.now(),
        )
        if choice.none:
            return match
        if choice.entry_id is None:
            return await self._pinned(match, choice)
        return match.model_copy(
            update={"decision": MatchDecision.CHOSEN, "entry": await self._entry(book, choice.entry_id)}
        )

    async def _entry(self, book: Book, entry_id: str) -> CataloguedWork:
        """The entry with this id among the candidates, whose answers are in the cache."""
        matched = await self._matching.match(book)
        found = next((each.entry for each in matched.judged if each.entry.id == entry_id), None)
        if found is None:
            failed = "".join(f"; {name} failed: {each.words}" for name, each in matched.answers.failures.items())
            raise UnknownEntry(f"{entry_id!r} is not a candidate of {book.title!r}: pin it by ASIN or ISBN{failed}")
        return found

    async def _pinned(self, match: Match, choice: MatchChoice) -> Match:
        """The edition with the identifier. If a provider fails, it is looked up again by each refresh."""
        numbers = {"asin": asin(choice.asin), "isbn": isbn13(choice.isbn)}
        if not any(numbers.values()):
            raise InvalidMetadata(f"{choice.asin or choice.isbn!r} is not a valid {'ASIN' if choice.asin else 'ISBN'}")
        pinned = match.model_copy(update={"decision": MatchDecision.PINNED, **numbers})
        answers = await self._matching.identified(pinned)
        entries = sorted(
            (each for each in answers.entries if is_decided(pinned, each)),
            key=lambda each: (each.is_audio is False, -self._registry.weight_of(each.provider)),
        )
        if not entries and not answers.failures:
            name, number = ("ASIN", numbers["asin"]) if numbers["asin"] else ("ISBN", numbers["isbn"])
            raise UnknownEdition(
                translatable(
                    "refused.no_edition",
                    f"no provider knows an edition with the {name} {number}",
                    name=name,
                    number=number,
                )
            )
        return pinned.model_copy(update={"entry": entries[0] if entries else None})


def _confidence(matched: MatchedBook, decided: Match | None) -> Confidence:
    if decided is None:
        return matched.confidence
    return Confidence.UNMATCHED if decided.decision is MatchDecision.UNMATCHED else Confidence.HIGH


def _with_decided(matched: MatchedBook, decided: Match | None) -> list[Judged]:
    """The candidates, with the decided entry first, even if no provider lists it any more."""
    if decided is None or decided.entry is None:
        return list(matched.judged)
    return judged_by(Judgement(of_book(matched.book)), decided, matched.answers.entries)


def _candidate(book: Book, judged: Judged) -> MatchCandidate:
    changes = changes_of_edition(book, judged, same_work=is_of_work(book, judged))
    description = judged.entry.description
    return MatchCandidate(
        entry=judged.entry.model_copy(update={"description": (description or "")[:LONGEST_DESCRIPTION] or None}),
        confidence=judged.confidence,
        edition=judged.edition.value,
        distance=round(judged.distance, 4),
        reasons=list(judged.reasons),
        chosen=judged.decided,
        changes=[FieldDifference(field=each.field, old=each.old, new=each.new) for each in changes],
    )
