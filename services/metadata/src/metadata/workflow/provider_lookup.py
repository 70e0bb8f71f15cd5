"""Asks every provider about one book: by its identifiers, then by the readings of its texts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.books.description import BookDescription
from shared.books.text.identifiers import asin, isbn13
from shared.chassis.errors import RemoteError, RemoteThrottled, RemoteUnavailable
from shared.contracts.metadata.bibliographies import CataloguedWork

from metadata.domain.confidence import Judgement
from metadata.domain.failures import Failure, advised
from metadata.domain.ports import Found, MetadataProvider
from metadata.domain.provider_queries import Question, questions_about
from metadata.domain.providers import EnabledProvider

AWAY_AGAIN_SECONDS = 900.0
"""After so long a book is looked up again at a provider that was away."""
MOST_NAMES_FOUND = 2
"""Names by which one provider knows a book that are asked of the others."""


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
        """First by identifiers everywhere, because a provider that knows one tells the title for the others; then by
        the readings of the book's texts; last by what another provider calls the book that it found."""
        identified = await asyncio.gather(*(_identified(each, judge.owned) for each in self._providers))
        read = [*_as_found(judge, identified), *questions_about(judge.owned, judge.folded)]
        called = await self._called_by_all(judge, read, identified)
        found = [*identified, *called]
        unasked = [each for each in _as_found(judge, found) if each not in read]
        if unasked:
            lacking = [_lacking(judge, *each) for each in zip(identified, called, strict=True)]
            found += await self._called_by_all(judge, unasked, lacking)
        return _gathered(self._providers, found)

    async def _called_by_all(
        self, judge: Judgement, questions: Sequence[Question], known: Sequence[Found | Failure | None]
    ) -> list[Found | Failure]:
        asked = zip(self._providers, known, strict=True)
        return await asyncio.gather(*(self._called(provider, judge, questions, each) for provider, each in asked))

    async def _called(
        self, provider: MetadataProvider, judge: Judgement, questions: Sequence[Question], known: Found | Failure | None
    ) -> Found | Failure:
        """The answers to each question in turn, until one of them surely is the work; nothing is asked without need."""
        if isinstance(known, Failure):
            return known
        if known is None or _is_enough(judge, known.works):
            return Found()
        answers = Answers()
        try:
            for each in questions:
                answers.add(await provider.search(each.title, each.authors, patient=self._patient))
                if any(judged.same_work for judged in judge(answers.entries)):
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


def _as_found(judge: Judgement, found: Sequence[Found | Failure]) -> list[Question]:
    """What those call the book who surely know it, at most two names."""
    same = [each.entry for each in judge(_works(found)) if each.same_work]
    told = dict.fromkeys(Question(each.title, judge.owned.authors or tuple(each.authors)) for each in same)
    return list(told)[:MOST_NAMES_FOUND]


def _lacking(judge: Judgement, identified: Found | Failure, called: Found | Failure) -> Found | Failure | None:
    """What a provider told that does not surely know the book; None for one that does."""
    for each in (identified, called):
        if isinstance(each, Failure):
            return each
    if any(each.same_work for each in judge(_works([identified, called]))):
        return None
    return Found()


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
