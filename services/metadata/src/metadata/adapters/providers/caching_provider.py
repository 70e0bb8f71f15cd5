"""A provider that is asked each question once in a while."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from weakref import WeakValueDictionary

from shared.books.text.identifiers import asin as as_asin
from shared.books.text.identifiers import isbn13
from shared.books.text.titles import fold
from shared.contracts.metadata.bibliographies import CataloguedWork

from metadata.adapters.batch_loader import Together
from metadata.domain.ports import Catalogue, Found, Memory, SeriesWanted

SEARCH = "search:"
ASIN, ISBN = "asin:", "isbn:"
IDENTIFIERS_AT_A_TIME = 50
PATIENT_AT_ONCE = 2
"""How many of those who are patient stand in the provider's line, so that a person has a short one."""


class RememberingProvider:
    """Answers from memory where it can. The address is part of each question: another one is another catalogue.

    Identifiers that are asked for at the same moment go to the provider as one request.
    """

    def __init__(self, catalogue: Catalogue, address: str, memory: Memory) -> None:
        self._catalogue = catalogue
        self._address = address
        self._memory = memory
        self._identified = Together(self._look_up, IDENTIFIERS_AT_A_TIME)
        self._patient = asyncio.Semaphore(PATIENT_AT_ONCE)
        self._under_way: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def name(self) -> str:
        return self._catalogue.name

    async def identified(self, asin: str | None = None, isbn: str | None = None) -> Found:
        """The entries of these identifiers. By one that the provider does not know its memory alone is asked."""
        asked = {ASIN: as_asin(asin), ISBN: isbn13(isbn)}
        questions = {f"{kind}{value}": kind for kind, value in asked.items() if value}
        known = await self._memory.recall([self._key(each) for each in questions])
        told = {question: known[self._key(question)] for question in questions if self._key(question) in known}
        missing = [each for each, kind in questions.items() if each not in told and self._can_be_asked_by(kind)]
        told |= await self._identified(missing)
        dates = [each.believed_until for each in told.values() if each.believed_until]
        works = [work for question in questions if question in told for work in told[question].works]
        return Found(works, believed_until=min(dates, default=None))

    async def search(self, title: str, authors: Sequence[str], *, patient: bool = False) -> Found:
        question = f"{SEARCH}{fold(title)}:{fold(authors[0]) if authors else ''}"
        gate = self._patient if patient else nullcontext()
        return await self._ask(question, lambda: self._catalogue.search(title, authors), gate)

    async def series_works(self, wanted: SeriesWanted) -> Found:
        question = f"series:{fold(wanted.name)}:{','.join(sorted(fold(each) for each in wanted.authors))}"
        return await self._ask(question, lambda: self._catalogue.series_works(wanted))

    async def author_works(self, name: str) -> Found:
        return await self._ask(f"author:{fold(name)}", lambda: self._catalogue.author_works(name))

    async def check(self) -> str:
        return await self._catalogue.check()

    async def _ask(
        self,
        question: str,
        ask: Callable[[], Awaitable[Found]],
        gate: AbstractAsyncContextManager[None] = nullcontext(),  # noqa: B008 - it holds nothing
    ) -> Found:
        """One at a time for one question: who comes second has the first one's answer."""
        key = self._key(question)
        async with self._under_way.setdefault(key, asyncio.Lock()):
            known = await self._memory.recall([key])
            if key in known:
                return known[key]
            async with gate:
                found = await ask()
            implied = _by_identifiers(found.works) if question.startswith(SEARCH) else {}
            others = {self._key(other): told for other, told in implied.items()}
            return (await self._memory.remember({key: found}, others))[key]

    async def _look_up(self, questions: Sequence[str]) -> Mapping[str, Found]:
        asins = [each.removeprefix(ASIN) for each in questions if each.startswith(ASIN)]
        isbns = [each.removeprefix(ISBN) for each in questions if each.startswith(ISBN)]
        works = await self._catalogue.by_identifiers(asins, isbns)
        told = {self._key(each): Found(works.get(each.partition(":")[2], [])) for each in questions}
        kept = await self._memory.remember(told, {})
        return {each: kept[self._key(each)] for each in questions}

    def _can_be_asked_by(self, kind: str) -> bool:
        return kind == ASIN or self._catalogue.knows_isbns

    def _key(self, question: str) -> str:
        return f"{self.name}:{self._address}:{question}"


def _by_identifiers(works: Sequence[CataloguedWork]) -> dict[str, Found]:
    """What a search tells of questions by identifier: its entries are the very ones that would be found by those."""
    told: dict[str, list[CataloguedWork]] = {}
    for each in works:
        for question in (each.asin and f"{ASIN}{each.asin}", each.isbn and f"{ISBN}{each.isbn}"):
            if question:
                told.setdefault(question, []).append(each)
    return {question: Found(entries) for question, entries in told.items()}
