"""Questions to any provider about one book, and connections that change what a stand-in answers."""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import httpx
from metadata.adapters.providers.provider_kind import ConfiguredProvider
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.catalogue import Found, SeriesWanted, abilities_of
from metadata.domain.ports import MetadataProvider
from sandbox.providers.stand_in import Listed
from sandbox.testing import a_record
from sandbox.world import ProviderRecord
from shared.chassis.http import Remote
from shared.contracts.metadata.providers import Ability

Change = Callable[[str, Any], Any]
"""The new value, from a key and its value."""
Ask = Callable[[MetadataProvider, ProviderRecord], Awaitable[Found]]
OZ_ISBN, EMMA_ISBN = "9780306406157", "9781402894626"


def a_story(lists: Listed, **changes: Any) -> ProviderRecord:
    """A complete record of The Marvelous Land of Oz, in the format that the provider lists."""
    complete = {"isbn": OZ_ISBN, "format": lists, "genres": ["Fantasy"], "description": "A boy named Tip."}
    return a_record(**complete | changes)


def another_story(lists: Listed) -> ProviderRecord:
    """A record of another book by another author, which shares nothing with the story."""
    return a_story(
        lists, id="1815", title="Emma", authors=["Jane Austen"], narrators=["Anne Hart"], asin="B0EMMA0001",
        isbn=EMMA_ISBN, series=[{"name": "Highbury", "sequence": "1"}], publisher="Hartfield Audio",
        published="1815-12-23", duration_minutes=940, description="Handsome, clever and rich.",
    )  # fmt: skip


def _series_works(provider: MetadataProvider, record: ProviderRecord) -> Awaitable[Found]:
    name, asins = record.series[0].name, [record.asin] if record.asin else []
    return provider.series_works(SeriesWanted(name, record.authors, asins, [record.title]))


QUESTIONS: Mapping[Ability, Ask] = {
    Ability.TITLE: lambda provider, record: provider.search(record.title, record.authors),
    Ability.ASIN: lambda provider, record: provider.identified(asin=record.asin),
    Ability.ISBN: lambda provider, record: provider.identified(isbn=record.isbn),
    Ability.SERIES: _series_works,
    Ability.AUTHOR: lambda provider, record: provider.author_works(record.authors[0]),
    Ability.CHAPTERS: lambda provider, record: provider.chapters(record.asin or ""),
    Ability.SIMILAR_AUTHORS: lambda provider, record: provider.similar_authors(record.authors[0]),
}
"""A question about a record for each ability."""


def questions_to(provider: ConfiguredProvider) -> list[Ability]:
    """What a provider can be queried for, sorted."""
    client = ProviderClient(partial(Remote, provider.name), "https://provider.test", None)  # type: ignore[arg-type]  # nothing is sent
    return sorted(abilities_of(provider.catalogue(client)))


class Around(httpx.AsyncBaseTransport):
    """A connection to a stand-in that changes its answers."""

    def __init__(self, stand_in: httpx.AsyncBaseTransport) -> None:
        self._stand_in = stand_in

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of the stand-in, changed."""
        answer = await self._stand_in.handle_async_request(request)
        body = await answer.aread()
        await answer.aclose()
        headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
        return self.changed(httpx.Response(answer.status_code, headers=headers, content=body))

    def changed(self, answer: httpx.Response) -> httpx.Response:
        """The answer that the provider's client gets."""
        return answer


class Answering(Around):
    """Answers with `answer` while there is one."""

    answer: Callable[[], httpx.Response] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response, or the error that making it raises."""
        return self.answer() if self.answer else await super().handle_async_request(request)


class ChangingValues(Around):
    """Changes the values in every JSON answer that is not an error."""

    change: Change = staticmethod(lambda _key, value: value)

    def changed(self, answer: httpx.Response) -> httpx.Response:
        """The answer with each value changed."""
        if answer.status_code >= 400:
            return answer
        content = json.dumps(changed_values(json.loads(answer.content), self.change))
        return httpx.Response(answer.status_code, headers={"content-type": "application/json"}, content=content)


class Recording(Around):
    """Records the answers."""

    def __init__(self, answers: list[httpx.Response], stand_in: httpx.AsyncBaseTransport) -> None:
        super().__init__(stand_in)
        self.answers = answers

    def changed(self, answer: httpx.Response) -> httpx.Response:
        """The answer, unchanged."""
        self.answers.append(answer)
        return answer


def changed_values(tree: Any, change: Change, key: str = "") -> Any:
    """A JSON document in which `change` replaced each text, number and flag, which has the key."""
    if isinstance(tree, dict):
        return {name: changed_values(value, change, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [changed_values(each, change, key) for each in tree]
    return change(key, tree)
