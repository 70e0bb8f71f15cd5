"""Looks up one book at the providers, judges the entries and chooses changes, by what a person decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from shared.books.description import BookDescription
from shared.contracts.library.books import Book
from shared.contracts.metadata.matches import Match
from shared.contracts.metadata.proposals import ProposalKind, ProposedChange
from shared.contracts.values import Confidence, MatchDecision

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged, judge, overall
from metadata.domain.decided_edition import changes_of_edition, fields_of_edition
from metadata.domain.descriptions import of_book
from metadata.domain.field_choice import choose
from metadata.domain.genre_map import MappedGenres
from metadata.domain.matches import judged_by, judgement_of
from metadata.domain.plausible_changes import plausible_changes
from metadata.domain.providers import Registry
from metadata.workflow.provider_lookup import Answers, ProviderLookup

SURE = 0.95
"""The score of a change that is sure, between those of plausible changes and 1."""


@dataclass(frozen=True, slots=True)
class MatchedBook:
    """A book, what the providers answered, and the judged entries, the surest first."""

    book: Book
    answers: Answers
    judged: Sequence[Judged]

    @property
    def confidence(self) -> Confidence:
        """The confidence of the surest entry."""
        return overall(self.judged)

    @property
    def decided(self) -> Judged | None:
        """The entry that a person decided on; of several entries of one edition, the one to take values from."""
        return next((each for each in self.judged if each.decided), None)


class BookMatching:
    """Matches books with the entries of the providers. With `patient`, requests of a person go first."""

    def __init__(self, registry: Registry, *, patient: bool = False) -> None:
        self._registry = registry
        self._lookup = ProviderLookup(registry.enabled, patient=patient)

    async def match(self, book: Book, decision: Match | None = None, genres: MappedGenres | None = None) -> MatchedBook:
        """Look up a book and judge the entries, with the genres of the map. A book that a person un-matched is not
        looked up.

        Failures of providers are part of the answers.
        """
        if decision is not None and decision.decision is MatchDecision.UNMATCHED:
            return MatchedBook(book, Answers(), [])
        judgement = judgement_of(book, decision)
        answers = await self._lookup.look_up(judgement)
        judged = judged_by(judgement, decision, answers.entries)
        if genres is not None:
            judged = [replace(each, entry=genres.entry(each.entry)) for each in judged]
        by_weight = sorted(judged, key=lambda each: (not each.decided, -self._weight_of_decided(each)))
        return MatchedBook(book, answers, by_weight)

    async def identified(self, pinned: Match) -> Answers:
        """The entries with the identifiers of a pinned edition. Failures of providers are part of the answers."""
        return await self._lookup.identified(BookDescription("", asin=pinned.asin, isbn=pinned.isbn))

    def changes(self, matched: MatchedBook, *, fill_only: bool) -> list[Change]:
        """Every change that is sure: what a decided edition says, and the rest as the entries agree."""
        decided = matched.decided
        chosen = choose(
            matched.book,
            matched.judged,
            self._registry.weight_of,
            fill_only=fill_only,
            all_answered=not matched.answers.failures,
        )
        if decided is None:
            return chosen
        said = fields_of_edition(decided.entry)
        own = changes_of_edition(
            matched.book, decided, same_work=is_of_work(matched.book, decided), fill_only=fill_only
        )
        return [*own, *(each for each in chosen if each.field not in said)]

    def plausible(self, matched: MatchedBook, sure: Sequence[Change]) -> list[ProposedChange] | None:
        """The changes that are not sure enough to be made; None while a provider has not answered.

        Nothing is proposed for a book whose entry a person decided.
        """
        if matched.answers.failures:
            return None
        if matched.decided is not None:
            return []
        book = matched.book
        found = plausible_changes(book, matched.judged, sure, self._registry.weight_of)
        return [_proposed(book.id, each.change, each.score) for each in found]

    def _weight_of_decided(self, judged: Judged) -> float:
        return self._registry.weight_of(judged.entry.provider) if judged.decided else 0.0


def proposed_instead(book: Book, change: Change) -> ProposedChange:
    """A change that is sure, and that a person wants to see before it is written."""
    return _proposed(book.id, change, SURE)


def _proposed(book_id: UUID, change: Change, score: float) -> ProposedChange:
    return ProposedChange(
        book_id=book_id,
        field=change.field,
        old=change.old,
        new=change.new,
        kind=ProposalKind.PROVIDER_VALUE,
        source=change.source,
        confidence=change.confidence,
        score=score,
        reasons=list(change.reasons),
    )


def is_of_work(book: Book, judged: Judged) -> bool:
    """Whether the entry describes the work that the book claims to be, apart from what a person decided."""
    return judge(of_book(book), [judged.entry])[0].same_work
