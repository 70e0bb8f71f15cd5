"""Finds the editions of a book that a title and an author describe."""

import asyncio
from dataclasses import replace

from shared.books.description import BookDescription
from shared.books.text.identifiers import isbn13
from shared.books.text.names import same_people, split_people
from shared.books.text.titles import fold
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.library.books import Book
from shared.contracts.metadata.editions import EditionsFound, FindEditions
from shared.contracts.metadata.matches import Match
from shared.contracts.values import MatchDecision

from metadata.domain.confidence import Judgement
from metadata.domain.found_editions import found_editions
from metadata.domain.genre_map import MappedGenres
from metadata.domain.matches import judged_by, judgement_of
from metadata.domain.ports import Library
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions
from metadata.workflow.edition_search import EditionSearch

WITHIN_SECONDS = 6.5
"""Audiobookshelf waits ten seconds for a provider. The rest is for the library and the way back."""
LIBRARY_WITHIN_SECONDS = 1.5
MAX_OWNED = 10


class FindEditionsHandler:
    """Answers `FindEditions`."""

    def __init__(self, transaction: Transactions, library: Library, registry: Registry, search: EditionSearch) -> None:
        self._transaction = transaction
        self._library = library
        self._registry = registry
        self._search = search

    async def find(self, request: FindEditions) -> EditionsFound:
        """The editions, best first, from the providers that answer in time.

        If the library has exactly one book of this title and author, its own edition comes first: the one that a person
        chose or pinned, or else the one that its narrator, duration and identifiers show.
        """
        asked = BookDescription(title=request.title, authors=split_people(request.author), isbn=isbn13(request.isbn))
        owned = await self._owned(asked)
        decided = await self._decided(owned) if owned else None
        judge = judgement_of(owned, decided) if owned else Judgement(asked)
        answers = await self._search.search(judge)
        async with self._transaction() as tx:
            genres = MappedGenres(await tx.genre_map.get())
        judged = [replace(each, entry=genres.entry(each.entry)) for each in judged_by(judge, decided, answers.entries)]
        editions = found_editions(judged, self._registry.weight_of, all_answered=not answers.failures)
        return EditionsFound(editions=editions, failures={name: each.words for name, each in answers.failures.items()})

    async def _decided(self, owned: Book) -> Match | None:
        """The edition that a person decided on. That no entry is the book says nothing about a search."""
        async with self._transaction() as tx:
            decided = await tx.matches.of_books([owned.id])
        matches = (each.event for each in decided)
        return next((each for each in matches if each.decision is not MatchDecision.UNMATCHED), None)

    async def _owned(self, asked: BookDescription) -> Book | None:
        """The only book of the library with this title and author. None without an author: titles are not unique."""
        if not asked.authors:
            return None
        try:
            async with asyncio.timeout(LIBRARY_WITHIN_SECONDS):
                found = await self._library.search(f"{asked.title} {asked.authors[0]}"[:500], MAX_OWNED)
        except (ServiceUnavailable, TimeoutError):
            return None
        same = [each for each in found if _is_asked(each, asked)]
        return same[0] if len(same) == 1 else None


def _is_asked(book: Book, asked: BookDescription) -> bool:
    return fold(book.title) == fold(asked.title) and same_people(book.authors, asked.authors)
