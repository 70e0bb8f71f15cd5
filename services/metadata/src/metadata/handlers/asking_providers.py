"""Asks every provider about one book: by its identifiers, then by what it may be called."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.books.description import BookDescription
from shared.books.identifiers import asin, isbn13
from shared.chassis.errors import RemoteError, RemoteThrottled, RemoteUnavailable
from shared.contracts.metadata import CataloguedWork

from metadata.domain.confidence import Judgement
from metadata.domain.descriptions import titles_to_ask
from metadata.domain.failures import Failure, advised
from metadata.domain.ports import Found, MetadataProvider
from metadata.domain.providers import EnabledProvider

AWAY_AGAIN_SECONDS = 900.0
"""After so long a book is looked up again at a provider that was away."""


@dataclass(slots=True)
class Answers:
    """What the providers told of a book, until when that is believed, and which could not be asked and why."""

    entries: list[CataloguedWork] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)
    believed_until: datetime | None = None

    def add(self, found: Found) -> None:
        self.entries += found.works
        dates = [each for each in (self.believed_until, found.believed_until) if each]
        self.believed_until = min(dates, default=None)


class AskingProviders:
    """One book's entries, from all providers side by side; `patient` where nobody waits for them."""

    def __init__(self, providers: Sequence[EnabledProvider], *, patient: bool = False) -> None:
        self._providers = [each.provider for each in providers]
        self._patient = patient

    async def about(self, judge: Judgement) -> Answers:
        """First by identifiers everywhere, because a provider that knows one tells the title for the others."""
        owned = judge.owned
        identified = await asyncio.gather(*(_identified(each, owned) for each in self._providers))
        told = [work.entry.title for work in judge(_works(identified)) if work.same_work]
        titles = list(dict.fromkeys((*told, *titles_to_ask(owned))))
        called = await asyncio.gather(
            *(
                self._called(provider, judge, titles, found)
                for provider, found in zip(self._providers, identified, strict=True)
            )
        )
        return _gathered(self._providers, [*identified, *called])

    async def _called(
        self, provider: MetadataProvider, judge: Judgement, titles: Sequence[str], identified: Found | Failure
    ) -> Found | Failure:
        """The answers to each title in turn, until one of them surely is the work; nothing is asked without need."""
        owned = judge.owned
        if isinstance(identified, Failure):
            return identified
        if _is_enough(judge, identified.works):
            return Found()
        answers = Answers()
        try:
            for title in titles:
                answers.add(await provider.search(title, owned.authors, patient=self._patient))
                if any(each.same_work for each in judge(answers.entries)):
                    break
        except RemoteError as error:
            return failure_of(error)
        return Found(answers.entries, believed_until=answers.believed_until)


def failure_of(error: RemoteError) -> Failure:
    """A provider's error as it is told of a book."""
    words = advised(error.code, error.detail)
    if isinstance(error, RemoteThrottled):
        return Failure(words, throttled=True, again_in_seconds=error.retry_after_seconds)
    return Failure(words, again_in_seconds=AWAY_AGAIN_SECONDS if isinstance(error, RemoteUnavailable) else None)


async def _identified(provider: MetadataProvider, owned: BookDescription) -> Found | Failure:
    try:
        return await provider.identified(owned.asin, owned.isbn)
    except RemoteError as error:
        return failure_of(error)


def _is_enough(judge: Judgement, identified: Sequence[CataloguedWork]) -> bool:
    """Whether the edition is found and no identifier is wanted, for which other editions would have to be known."""
    found = any(each.identified for each in judge(identified))
    return found and bool(asin(judge.owned.asin) and isbn13(judge.owned.isbn))


def _works(found: Sequence[Found | Failure]) -> list[CataloguedWork]:
    return [work for each in found if isinstance(each, Found) for work in each.works]


def _gathered(providers: Sequence[MetadataProvider], found: Sequence[Found | Failure]) -> Answers:
    """All that was told; a provider that failed at any step has failed, and what it told before counts."""
    answers = Answers()
    for place, each in enumerate(found):
        if isinstance(each, Found):
            answers.add(each)
        else:
            answers.failures[providers[place % len(providers)].name] = each
    answers.answered = [each.name for each in providers if each.name not in answers.failures]
    return answers
