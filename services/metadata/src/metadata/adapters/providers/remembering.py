"""A provider that is asked each question once in a while."""

from collections.abc import Awaitable, Callable, Sequence

from shared.books.titles import fold
from shared.chassis.clock import Clock
from shared.contracts.metadata import CataloguedWork

from metadata.domain.ports import Found, Memory, MetadataProvider, SeriesWanted

SEARCH = "search:"


class RememberingProvider:
    """Answers from memory where it can. The address is part of each question: another one is another catalogue."""

    def __init__(self, provider: MetadataProvider, address: str, memory: Memory, clock: Clock) -> None:
        self._provider = provider
        self._address = address
        self._memory = memory
        self._clock = clock

    @property
    def name(self) -> str:
        return self._provider.name

    async def search(self, title: str, authors: Sequence[str]) -> Found:
        question = f"{SEARCH}{fold(title)}:{fold(authors[0]) if authors else ''}"
        return await self._ask(question, lambda: self._provider.search(title, authors))

    async def by_asin(self, asin: str) -> Found:
        return await self._ask(f"asin:{asin}", lambda: self._provider.by_asin(asin))

    async def by_isbn(self, isbn: str) -> Found:
        return await self._ask(f"isbn:{isbn}", lambda: self._provider.by_isbn(isbn))

    async def series_works(self, wanted: SeriesWanted) -> Found:
        question = f"series:{fold(wanted.name)}:{','.join(sorted(fold(each) for each in wanted.authors))}"
        return await self._ask(question, lambda: self._provider.series_works(wanted))

    async def author_works(self, name: str) -> Found:
        return await self._ask(f"author:{fold(name)}", lambda: self._provider.author_works(name))

    async def check(self) -> str:
        return await self._provider.check()

    async def _ask(self, question: str, ask: Callable[[], Awaitable[Found]]) -> Found:
        key = self._key(question)
        known = await self._memory.recall(key, self._clock.now())
        if known is not None:
            return known
        found = await ask()
        implied = _by_identifiers(found.works) if question.startswith(SEARCH) else {}
        others = {self._key(other): told for other, told in implied.items()}
        await self._memory.remember(key, found, others, self._clock.now())
        return found

    def _key(self, question: str) -> str:
        return f"{self.name}:{self._address}:{question}"


def _by_identifiers(works: Sequence[CataloguedWork]) -> dict[str, Found]:
    """What a search tells of questions by identifier: its entries are the very ones that would be found by those."""
    told: dict[str, list[CataloguedWork]] = {}
    for each in works:
        for question in (each.asin and f"asin:{each.asin}", each.isbn and f"isbn:{each.isbn}"):
            if question:
                told.setdefault(question, []).append(each)
    return {question: Found(entries) for question, entries in told.items()}
