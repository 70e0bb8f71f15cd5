"""A provider whose answers are cached."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import NamedTuple
from weakref import WeakValueDictionary

from shared.books.text.identifiers import asin as as_asin
from shared.books.text.identifiers import isbn13
from shared.books.text.languages import language_code
from shared.books.text.titles import fold
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability

from metadata.adapters.batch_loader import BatchLoader
from metadata.adapters.providers.entry_bounds import bounded
from metadata.domain.catalogue import (
    Catalogue,
    CopiesAnother,
    Found,
    HasMarketplaces,
    LimitsLookups,
    ListsAuthors,
    ListsChapters,
    ListsSeries,
    ListsSimilarAuthors,
    LooksUpIdentifiers,
    SearchesTitles,
    SeriesWanted,
    abilities_of,
)
from metadata.domain.ports import AnswerCache

SEARCH = "search:"
ONLY_BY_AUTHOR = ":only by author"
"""The end of the question of a search that was not made without the author."""
ASIN, ISBN = "asin:", "isbn:"
MAX_IDENTIFIERS = 50
MAX_PATIENT = 2
"""Patient requests that wait in the rate limiter at a time, so that a person's request does not wait long."""


class _Question(NamedTuple):
    """A question, and the marketplace that is asked first; an empty text for the home marketplace."""

    market: str
    text: str


class CachingProvider:
    """Answers from the cache if possible. The cache key contains the address: each address is another catalogue.

    Identifiers that are looked up at the same moment share one request. A query for which the catalogue has no ability
    finds nothing.
    """

    def __init__(self, catalogue: Catalogue, address: str, cache: AnswerCache) -> None:
        self._catalogue = catalogue
        self.abilities = abilities_of(catalogue)
        self.origin = catalogue.origin if isinstance(catalogue, CopiesAnother) else None
        self._address = address
        self._cache = cache
        at_a_time = catalogue.identifiers_at_a_time if isinstance(catalogue, LimitsLookups) else MAX_IDENTIFIERS
        self._patient = asyncio.Semaphore(MAX_PATIENT)
        self._identified = BatchLoader(self._look_up, at_a_time)
        self._identified_patiently = BatchLoader(self._look_up, at_a_time, self._patient)
        self._in_progress: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def name(self) -> str:
        """The name of the catalogue."""
        return self._catalogue.name

    async def identified(
        self, asin: str | None = None, isbn: str | None = None, *, patient: bool = False, language: str | None = None
    ) -> Found:
        """The entries with these identifiers. For a kind without a query, only the cache is searched."""
        market = self._market(language)
        identifiers = {ASIN: as_asin(asin), ISBN: isbn13(isbn)}
        questions = {_Question(market, f"{kind}{value}"): kind for kind, value in identifiers.items() if value}
        known = await self._cache.get([self._key(each) for each in questions])
        answers = {question: known[self._key(question)] for question in questions if self._key(question) in known}
        missing = [each for each, kind in questions.items() if each not in answers and self._can_look_up(kind)]
        answers |= await (self._identified_patiently if patient else self._identified)(missing)
        dates = [each.believed_until for each in answers.values() if each.believed_until]
        works = [work for question in questions if question in answers for work in answers[question].works]
        return Found(works, believed_until=min(dates, default=None))

    async def search(
        self,
        title: str,
        authors: Sequence[str],
        *,
        sure_author: bool = False,
        patient: bool = False,
        language: str | None = None,
    ) -> Found:
        """Search by title and authors. With `patient`, other requests go first."""
        market = self._market(language)
        catalogue = self._in(market)
        if not isinstance(catalogue, SearchesTitles):
            return Found()
        text = f"{SEARCH}{fold(title)}:{fold(authors[0]) if authors else ''}"
        question, wider = _Question(market, text), None
        if sure_author:
            question, wider = _Question(market, text + ONLY_BY_AUTHOR), question
        gate = self._patient if patient else nullcontext()
        return await self._answer(
            question, lambda: catalogue.search(title, authors, sure_author=sure_author), gate, wider
        )

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """The works of a series."""
        catalogue = self._catalogue
        if not isinstance(catalogue, ListsSeries):
            return Found()
        question = f"series:{fold(wanted.name)}:{','.join(sorted(fold(each) for each in wanted.authors))}"
        return await self._answer(_Question("", question), lambda: catalogue.series_works(wanted))

    async def author_works(self, name: str) -> Found:
        """The works of an author."""
        catalogue = self._catalogue
        if not isinstance(catalogue, ListsAuthors):
            return Found()
        return await self._answer(_Question("", f"author:{fold(name)}"), lambda: catalogue.author_works(name))

    async def chapters(self, asin: str, *, language: str | None = None) -> Found:
        """The chapters of one edition. A marketplace of the language may know it while the others do not."""
        catalogue, identifier = self._catalogue, as_asin(asin)
        if not isinstance(catalogue, ListsChapters) or not identifier:
            return Found()
        question = _Question(language_code(language) or "", f"chapters:{identifier}")
        return await self._answer(question, lambda: catalogue.chapters(identifier, language))

    async def similar_authors(self, name: str) -> Found:
        """The author with this name and similar authors."""
        catalogue = self._catalogue
        if not isinstance(catalogue, ListsSimilarAuthors):
            return Found()
        question = _Question("", f"similar_authors:{fold(name) or name}")
        return await self._answer(question, lambda: catalogue.similar_authors(name))

    async def check(self) -> str:
        """Send a small request, even while requests are paused."""
        return await self._catalogue.check()

    async def _answer(
        self,
        question: "_Question",
        ask: Callable[[], Awaitable[Found]],
        gate: AbstractAsyncContextManager[None] = nullcontext(),  # noqa: B008 - it holds nothing
        wider: "_Question | None" = None,
    ) -> Found:
        """Answer a question. If it is being answered already, wait for that answer.

        A stored answer to the `wider` question is an answer too.
        """
        key = self._key(question)
        keys = [key, *([self._key(wider)] if wider else [])]
        async with self._in_progress.setdefault(key, asyncio.Lock()):
            known = await self._cache.get(keys)
            if known:
                return next(known[each] for each in keys if each in known)
            async with gate:
                found = bounded(await ask())
            implied = _by_identifiers(found.works) if question.text.startswith(SEARCH) else {}
            others = {self._key(_Question(question.market, other)): answer for other, answer in implied.items()}
            return (await self._cache.store({key: found}, others))[key]

    async def _look_up(self, questions: Sequence["_Question"]) -> Mapping["_Question", Found]:
        found: dict[_Question, Found] = {}
        for market in dict.fromkeys(each.market for each in questions):
            found |= await self._look_up_in(market, [each for each in questions if each.market == market])
        return found

    async def _look_up_in(self, market: str, questions: Sequence["_Question"]) -> Mapping["_Question", Found]:
        """Look up identifiers, in one marketplace first."""
        asins = [each.text.removeprefix(ASIN) for each in questions if each.text.startswith(ASIN)]
        isbns = [each.text.removeprefix(ISBN) for each in questions if each.text.startswith(ISBN)]
        catalogue = self._in(market)
        works = await catalogue.by_identifiers(asins, isbns) if isinstance(catalogue, LooksUpIdentifiers) else {}
        answers = {self._key(each): bounded(Found(works.get(each.text.partition(":")[2], []))) for each in questions}
        stored = await self._cache.store(answers, {})
        return {each: stored[self._key(each)] for each in questions}

    def _market(self, language: str | None) -> str:
        """The marketplace to ask first; an empty text for the home marketplace and if there is only one."""
        catalogue = self._catalogue
        if not isinstance(catalogue, HasMarketplaces):
            return ""
        market = catalogue.market_for(language)
        return "" if market == catalogue.market_for(None) else market

    def _in(self, market: str) -> Catalogue:
        catalogue = self._catalogue
        return catalogue.in_market(market) if market and isinstance(catalogue, HasMarketplaces) else catalogue

    def _can_look_up(self, kind: str) -> bool:
        return (Ability.ASIN if kind == ASIN else Ability.ISBN) in self.abilities

    def _key(self, question: "_Question") -> str:
        market = f"{question.market}/" if question.market else ""
        return f"{self.name}:{self._address}:{market}{question.text}"


def _by_identifiers(works: Sequence[CataloguedWork]) -> dict[str, Found]:
    """The answers to lookups by identifier that a search implies."""
    entries: dict[str, list[CataloguedWork]] = {}
    for each in works:
        for question in (each.asin and f"{ASIN}{each.asin}", each.isbn and f"{ISBN}{each.isbn}"):
            if question:
                entries.setdefault(question, []).append(each)
    return {question: Found(works) for question, works in entries.items()}
